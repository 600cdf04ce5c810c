/**
 * Finds {@link io.quarkiverse.procdaemon.Subsystem} classes and the methods of their life, and reads them into records.
 * <p>
 * Promises: judges nothing and leaves nothing out; what is no bean, and why, is part of the data. The order is that of the
 * class names. May import: Jandex, Arc's build items, the public API.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.discovery;

import org.jspecify.annotations.NullMarked;

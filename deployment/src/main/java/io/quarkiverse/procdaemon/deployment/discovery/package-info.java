/**
 * Finds {@link io.quarkiverse.procdaemon.Subsystem} classes and their life cycle methods, and reads them into records.
 * <p>
 * Promises: does not validate and omits nothing; classes that are not beans, and why, are part of the data, in the order of
 * class names. May import: Jandex, Arc's build items, the public API.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.discovery;

import org.jspecify.annotations.NullMarked;

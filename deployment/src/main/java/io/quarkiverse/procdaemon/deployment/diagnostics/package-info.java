/**
 * Makes the bean that writes dumps and recordings, which is created when it is first called.
 * <p>
 * May import: the public API, {@code runtime.config}, {@code runtime.diagnostics} for the creators only,
 * {@code runtime.engine} for the daemon that they need.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.diagnostics;

import org.jspecify.annotations.NullMarked;

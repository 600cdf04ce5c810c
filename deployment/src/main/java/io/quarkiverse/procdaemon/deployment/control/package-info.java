/**
 * Adds the control socket, if {@code quarkus.proc-daemon.control.enabled} is true; otherwise the application does not contain
 * it.
 * <p>
 * May import: {@code runtime.config}; {@code runtime.control} by name only.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.control;

import org.jspecify.annotations.NullMarked;

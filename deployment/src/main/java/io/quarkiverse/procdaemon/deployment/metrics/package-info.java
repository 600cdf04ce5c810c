/**
 * Registers meters for the subsystems, if the Micrometer extension is present and enabled and
 * {@code quarkus.proc-daemon.metrics.enabled} is not false.
 * <p>
 * May import: {@code runtime.config}; {@code runtime.metrics} by name only.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.metrics;

import org.jspecify.annotations.NullMarked;

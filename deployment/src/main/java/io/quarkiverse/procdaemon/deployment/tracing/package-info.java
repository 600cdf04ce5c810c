/**
 * Registers what makes spans of restarts and reloads, if the OpenTelemetry extension is present and traces.
 * <p>
 * May import: Quarkus; {@code runtime.tracing} by name only.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.tracing;

import org.jspecify.annotations.NullMarked;

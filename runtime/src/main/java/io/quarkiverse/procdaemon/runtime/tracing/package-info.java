/**
 * Restarts and reloads as spans of OpenTelemetry.
 * <p>
 * Promises: spans have no parent, since nobody's request is the cause; nothing of a subsystem runs in one, so the context of a
 * caller does not reach it. Loaded only if the OpenTelemetry extension is present and traces; the tracer is not looked up
 * before the first span. May import: the JDK, the public API, CDI, the engine's {@code events} and {@code foreign},
 * OpenTelemetry's API.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.tracing;

import org.jspecify.annotations.NullMarked;

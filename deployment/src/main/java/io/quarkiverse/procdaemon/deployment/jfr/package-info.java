/**
 * Registers what records the events of the daemon with the Flight Recorder, in applications that can record.
 * <p>
 * May import: Quarkus; {@code runtime.jfr} for the bean only; of {@code diagnostics} whether the application can record.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.jfr;

import org.jspecify.annotations.NullMarked;

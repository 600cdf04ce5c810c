/**
 * What happens to the daemon and its subsystems as events of the JDK's Flight Recorder.
 * <p>
 * Promises: until a recording has begun in the process nothing is queued for it and no event class is loaded; then each event
 * of a subsystem is one of a recording, with its sequence number. No text is longer than 500 characters, or has more than one
 * line. A shutdown loads no class of it unless a recording has begun since the last event. May import: the JDK with
 * {@code jdk.jfr}, the public API, {@code jakarta.inject}, the engine's {@code events} and {@code foreign}.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.jfr;

import org.jspecify.annotations.NullMarked;

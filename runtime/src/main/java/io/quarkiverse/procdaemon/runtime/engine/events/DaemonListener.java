package io.quarkiverse.procdaemon.runtime.engine.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.event.DaemonSignal;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** A listener of ours, which also hears of what concerns the whole daemon. */
@FunctionalInterface
public interface DaemonListener extends SubsystemListener {

    /**
     * Whether it is to be called; by default always. While it is not, nothing is queued for it, and it costs no thread. Asked
     * for
     * each event by the thread that sends it: reads a field, and takes no lock.
     */
    default boolean isListening() {
        return true;
    }

    /**
     * Called instead of {@link #onEvent} for a failure; by default calls that.
     *
     * @param thrown an exception that says the same as the event, fit to be logged: most often what the user's code threw
     */
    default void onFailure(SubsystemEvent.Failed event, Throwable thrown) {
        onEvent(event);
    }

    /** Called, in order with the events, when a subsystem is registered while the daemon is there. */
    default void registered(String subsystem) {
    }

    /** Called, in order with the events, when a subsystem is there no more: no event of it follows. */
    default void unregistered(String subsystem) {
    }

    /**
     * Called, in order with the events, when a reload of the configuration begins; {@link #reloaded} or
     * {@link #reloadCancelled} follows.
     */
    default void reloadBegan() {
    }

    /** Called instead of {@link #reloaded} if the reload has no result, since the daemon shuts down or because of an error. */
    default void reloadCancelled() {
    }

    /**
     * Called, in order with the events, when a reload of the configuration has come to its end.
     *
     * @param at when
     */
    default void reloaded(ReloadResult result, Instant at) {
    }

    /**
     * Called, in order with the events, when every critical subsystem has been RUNNING, and when a drain has begun or has been
     * undone. The state of the daemon had changed before, and may have changed again.
     */
    default void stateChanged() {
    }

    /** Called, in order with the events, when the process has got a signal that the daemon handles, if anyone observes that. */
    default void signalReceived(DaemonSignal signal) {
    }

    /**
     * Called, in order with the events, when the process has used more than a soft limit allows.
     *
     * @param shutsDown whether the daemon shuts down for it
     */
    default void limitExceeded(ResourceLimitExceeded event, boolean shutsDown) {
    }

    /** Called, in order with the events, when that is over. */
    default void limitCleared(ResourceLimitCleared event) {
    }

    /**
     * Called, in order with the events, when a drain has begun.
     *
     * @param inFlight what is in flight and how much of it, as in {@code ingest 2}; empty if nothing is
     */
    default void drainBegan(String daemon, List<String> inFlight) {
    }

    /**
     * Called, in order with the events, when nothing is in flight any more in a drain; not if nothing was when it began.
     *
     * @param took how long after its beginning
     */
    default void drained(String daemon, Duration took) {
    }

    /** Called, in order with the events, when a drain has been undone. */
    default void resumed(String daemon) {
    }

    /**
     * Called, in order with the events, when the daemon begins to shut down.
     *
     * @param exitCode with what exit code; empty if another decides
     * @param duringStart whether it had not started yet
     */
    default void shutdownBegan(String daemon, ShutdownReason reason, OptionalInt exitCode, boolean duringStart) {
    }

    /**
     * Called when the half and when four fifths of the time of a shutdown have passed.
     *
     * @param after how long it has been shutting down
     * @param held what keeps it from its end, as in {@link ShutdownReport#held()}
     */
    default void shutdownDelayed(String daemon, Duration after, List<String> held) {
    }

    /**
     * Called when one more order to end came as a signal during the shutdown, and ended its graceful time.
     *
     * @param after how long it has been shutting down
     */
    default void shutdownHurried(String daemon, ShutdownReason.Signal signal, Duration after) {
    }

    /**
     * Called as the last, when all subsystems have ended. If the process is to be killed it is called on a thread of its own,
     * perhaps for a second time and while another call hangs.
     */
    default void shutdownEnded(ShutdownReport report) {
    }
}

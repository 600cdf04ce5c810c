package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.events.News;
import io.quarkiverse.procdaemon.runtime.engine.run.Activity;
import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.Draining;

/** The daemon as the adapters see it: what {@link Daemon} offers, and what only they need. */
public interface DaemonInternals extends Daemon {

    /** Whether every critical subsystem has been RUNNING; once true, always true. Reads a field. */
    boolean hasStarted();

    /** Whether the supervisor itself has hung for ten seconds, so that only a new process can help. Reads fields. */
    boolean isStuck();

    /**
     * The name of a critical subsystem whose run has hung for good: it was abandoned, because it ignored its interrupt, and has
     * not ended since, so that only a new process can help. Empty if there is none. Reads fields.
     */
    Optional<String> hungRun();

    @Override
    default void shutdown() {
        shutdown(0);
    }

    @Override
    default void shutdown(int exitCode) {
        // No +, which is linked when it is first used: a caller at the end of its stack cannot do that.
        shutdown(exitCode, "Daemon.shutdown(".concat(Integer.toString(exitCode)).concat(")"), false);
    }

    /**
     * As {@link #shutdown(int)}.
     *
     * @param by who requests it, for the log and the report
     * @param isFailure whether that is because something has failed: the outcome is then FAILED, however well the subsystems
     *        stop
     */
    default void shutdown(int exitCode, String by, boolean isFailure) {
        shutdown(exitCode, new ShutdownReason.Requested(by), isFailure);
    }

    /** The same with another reason. */
    void shutdown(int exitCode, ShutdownReason reason, boolean isFailure);

    /** Reads what the process uses. */
    ResourceReader resourceReader();

    @Override
    default ResourceUsage resources() {
        return resourceReader().read();
    }

    @Override
    default List<ResourceUsage> resourceHistory() {
        return resourceReader().history();
    }

    /** Tells the listeners something, in order with the events. Returns at once; any thread may call this. */
    void tell(News news);

    /**
     * Has a task run after a delay, as long as the daemon is there, on a thread that is there for such tasks. Returns at once;
     * any thread may call this.
     *
     * @param thread the thread's name for so long
     * @param task must not throw
     */
    void later(Duration delay, String thread, Runnable task);

    @Override
    default CompletionStage<ReloadResult> reload() {
        return reload("Daemon.reload()");
    }

    /**
     * As {@link #reload()}.
     *
     * @param by who requests it, for the log
     */
    CompletionStage<ReloadResult> reload(String by);

    /** The drain: whether it is on, also while the daemon starts or stops. */
    Draining draining();

    @Override
    default void drain() {
        draining().begin();
    }

    @Override
    default void resume() {
        draining().end();
    }

    /**
     * How much is in flight: what a drain waits for. Once this was 0 after {@link #drain()} has returned, no new work begins
     * until {@link #resume()}; see {@link Draining}. Reads fields.
     */
    default int inFlight() {
        return draining().inFlight();
    }

    /** Whether a drain is on. Reads a field. */
    default boolean isDraining() {
        return draining().isOn();
    }

    /** Whose work is in flight; see {@link Draining#inFlightByOwner}. Reads fields. */
    default Map<String, Integer> inFlightByOwner() {
        return draining().inFlightByOwner();
    }

    /**
     * How old the last heartbeat of a subsystem is, exact to an eighth of its heartbeat timeout; zero while its body waits for
     * the stop. Empty if it has no heartbeat timeout, is not RUNNING, or is not there. Takes no lock; any thread may call this.
     */
    default Optional<Duration> heartbeatAge(String name) {
        return details().heartbeatAge(name);
    }

    /** What else adapters read of subsystems. */
    SubsystemDetails details();

    /**
     * What the current run of a subsystem does, a phase or task each, with the stacks of their threads; empty if it does
     * nothing, or there is no such subsystem. Takes no lock; any thread may call this.
     */
    List<Activity> activities(String name);

    /** Which group of health checks a subsystem is in now; empty if it is in none, or not there. */
    default Optional<String> healthGroup(String name) {
        return details().healthGroup(name);
    }

    /**
     * Begins work that an adapter does for a subsystem and that stopping waits for. Empty unless the subsystem is RUNNING, has
     * not been asked to stop, and the daemon is neither draining nor stopping. Takes no lock; any thread may call this.
     */
    default Optional<WorkInFlight> beginErrand(String name) {
        if (!takesErrands()) {
            return Optional.empty();
        }
        Optional<WorkInFlight> begun = beginWork(name);
        // Once more, now that it counts: see Drain.
        if (begun.isPresent() && !takesErrands()) {
            begun.get().close();
            return Optional.empty();
        }
        return begun;
    }

    private boolean takesErrands() {
        return !draining().isOn() && state().compareTo(DaemonState.DRAINING) < 0;
    }

    /**
     * The same, also while the daemon drains or stops: for work that comes from the application itself, which perhaps waits for
     * it before it can end.
     */
    Optional<WorkInFlight> beginWork(String name);
}

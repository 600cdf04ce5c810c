package io.quarkiverse.procdaemon;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * The running daemon: shows what its subsystems are doing and takes commands. Inject it.
 * <p>
 * All methods may be called from any thread, and none blocks. Reads take no lock. The returned stages complete on a thread of
 * the daemon; do not block in actions that depend on them.
 */
public interface Daemon {

    /** The name of the daemon: {@code quarkus.proc-daemon.name}, by default the application's. */
    String name();

    /** The state of the daemon as a whole. */
    DaemonState state();

    /**
     * All subsystems in start order: each after everything it depends on. Each is consistent in itself; they are read one after
     * the other.
     */
    List<SubsystemInfo> subsystems();

    /** The subsystem of that name, if there is one. */
    Optional<SubsystemInfo> subsystem(String name);

    /**
     * Starts a subsystem and the dependents that wait for it. Does nothing if it is RUNNING already.
     * <p>
     * A subsystem that waits for its back-off starts now; this resets its restart budget.
     * <p>
     * In tests, where the application outlives a shutdown of the daemon, this waits for the end of the shutdown and then starts
     * all subsystems again.
     *
     * @return completes when the subsystem is RUNNING, possibly after several attempts; fails with a {@link SubsystemException}
     *         if it does not get there, at once if a dependency is stopped or failed
     * @throws SubsystemNotFoundException if there is no such subsystem; the message lists the known ones
     */
    CompletionStage<Void> start(String name);

    /**
     * Stops a subsystem, its dependents first. The dependents are WAITING from then on and start again with it. A stopped
     * subsystem stays stopped until it is started through this API.
     *
     * @return completes when the subsystem has stopped; fails with a {@link SubsystemException} if its clean-up threw or it was
     *         abandoned
     * @throws SubsystemNotFoundException if there is no such subsystem; the message lists the known ones
     */
    CompletionStage<Void> stop(String name);

    /**
     * Stops a subsystem as {@link #stop(String)} does, then starts it as {@link #start(String)} does. With
     * {@code subsystem.dependents=ignore} its dependents keep running.
     *
     * @return completes when the subsystem is RUNNING again; fails with a {@link SubsystemException} if it does not get there
     * @throws SubsystemNotFoundException if there is no such subsystem; the message lists the known ones
     */
    CompletionStage<Void> restart(String name);

    /**
     * Begins the registration of a subsystem that is no bean, before or while the daemon runs.
     *
     * @throws IllegalArgumentException if the name is null
     */
    SubsystemBuilder newSubsystem(String name);

    /**
     * Stops a subsystem and removes it from the daemon. Meant for subsystems registered through this API; one that is a bean
     * comes back only when the application is restarted.
     *
     * @return completes when the subsystem is gone; fails with a {@link SubsystemException} if others depend on it, or if it
     *         was abandoned and still runs
     * @throws SubsystemNotFoundException if there is no such subsystem; the message lists the known ones
     */
    CompletionStage<Void> unregister(String name);

    /** Shuts down the process gracefully with exit code 0, like {@link #shutdown(int) shutdown(0)}. */
    void shutdown();

    /**
     * Shuts down the process gracefully. Returns at once. The first call, signal or fatal failure determines the exit code;
     * later ones do not change it.
     *
     * @param exitCode the exit code of the process, 0 to 255
     * @throws IllegalArgumentException if the exit code is out of range
     */
    void shutdown(int exitCode);

    /**
     * Reloads the configuration. The new one applies if all of it is valid and no {@link OnReload} vetoes it; otherwise nothing
     * changes. Requests during a reload are served together by one more reload after it. Before the daemon is RUNNING, the
     * reload waits until it is.
     *
     * @return completes with the result, also if the new configuration was rejected; fails with a {@link DaemonStateException}
     *         if the daemon shuts down first, or if {@code quarkus.proc-daemon.reload.enabled} is false
     */
    CompletionStage<ReloadResult> reload();

    /**
     * The report of the last shutdown: of this process once its subsystems have ended, until then of the previous process,
     * which requires {@code quarkus.proc-daemon.shutdown.report-file}.
     */
    Optional<ShutdownReport> lastShutdown();

    /**
     * What the process uses now: heap, memory, processor time, threads, open files. Reads a few files of the operating system,
     * where there are such files.
     */
    ResourceUsage resources();

    /**
     * The last samples of what the process uses, the oldest first: one per {@code quarkus.proc-daemon.resources.interval}, as
     * many as {@code quarkus.proc-daemon.resources.history} says. Empty until the first interval is over.
     */
    List<ResourceUsage> resourceHistory();

    /**
     * Takes the daemon out of rotation: it finishes what is in flight and takes nothing new, until {@link #resume()} undoes
     * that or it shuts down. Nothing stops. Returns at once; any thread may call this. Nothing happens if it drains already.
     * <ul>
     * <li>Readiness is DOWN; liveness stays as it is.
     * <li>{@code @Scheduled} methods of subsystems do not fire, {@code @Incoming} methods get no messages, bodies with
     * {@code @Run(every = …)} are not called again.
     * <li>New gRPC calls are answered UNAVAILABLE. HTTP requests are still answered: they stop when the load balancer sees the
     * readiness.
     * <li>Any other body keeps running. Work that it begins with {@link SubsystemContext#begin()} counts as in flight.
     * </ul>
     * While the daemon starts this takes effect for what is RUNNING already, and the state is DRAINING after the start.
     */
    void drain();

    /**
     * Undoes {@link #drain()}: work is taken again, and readiness follows the subsystems. A call of a body that became due
     * meanwhile begins at once. Nothing happens if the daemon does not drain.
     */
    void resume();

    /**
     * All transitions of all subsystems from now on, in order and numbered without gaps. A slow subscriber never slows the
     * daemon down: if it falls more than 256 events behind it loses the newest ones, which shows as a gap in
     * {@link SubsystemEvent#sequence()}, and the log gives their number. Completes when the daemon has stopped.
     */
    Flow.Publisher<SubsystemEvent> events();
}

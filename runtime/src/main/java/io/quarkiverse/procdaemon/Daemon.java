package io.quarkiverse.procdaemon;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * The running daemon: what its subsystems are doing, and the one door through which commands come in. Inject it.
 * <p>
 * All methods may be called from any thread and none blocks. Reading costs no lock. The stages returned complete on a thread
 * of the daemon; do not block in what is chained to them.
 */
public interface Daemon {

    /** The name of the daemon: {@code quarkus.proc-daemon.name}, by default the application's. */
    String name();

    /** Where the daemon is in its life. */
    DaemonState state();

    /** All subsystems in start order: each after everything it depends on. */
    List<SubsystemInfo> subsystems();

    /** The subsystem of that name, if there is one. */
    Optional<SubsystemInfo> subsystem(String name);

    /**
     * Starts a subsystem, and those below it that wait for it. A subsystem that is RUNNING already stays as it is.
     *
     * One that waits for its back-off to pass starts now, and earlier failures do not count against its budget any more.
     *
     * In tests, where the application goes on after a shutdown of the daemon, this waits for the end of the shutdown and then
     * starts all subsystems again.
     *
     * @return completes when it is RUNNING, perhaps after several attempts; fails with a {@link SubsystemException} if it did
     *         not get there, at once if it cannot because a dependency is stopped or failed
     * @throws SubsystemNotFoundException if there is no such subsystem; the message lists the known ones
     */
    CompletionStage<Void> start(String name);

    /**
     * Stops a subsystem, its dependents first; those are WAITING from then on and start again with it. One that is stopped
     * stays stopped until it is started by hand.
     *
     * @return completes when it has stopped; fails with a {@link SubsystemException} if its clean-up threw or it was abandoned
     * @throws SubsystemNotFoundException if there is no such subsystem; the message lists the known ones
     */
    CompletionStage<Void> stop(String name);

    /**
     * Stops a subsystem as {@link #stop(String)} does, then starts it as {@link #start(String)} does. With
     * {@code subsystem.dependents=ignore} its dependents run on meanwhile.
     *
     * @return completes when it is RUNNING again; fails with a {@link SubsystemException} if it did not get there
     * @throws SubsystemNotFoundException if there is no such subsystem; the message lists the known ones
     */
    CompletionStage<Void> restart(String name);

    /** A subsystem to be made and registered by hand, before or while the daemon runs. */
    SubsystemBuilder newSubsystem(String name);

    /**
     * Stops a subsystem and forgets it. Meant for those that were registered by hand; one that is a bean does not come back
     * before the next start of the process.
     *
     * @return completes when it is gone; fails with a {@link SubsystemException} if others depend on it, or if it was abandoned
     *         and still runs
     * @throws SubsystemNotFoundException if there is no such subsystem; the message lists the known ones
     */
    CompletionStage<Void> unregister(String name);

    /** Ends the process in order with exit code 0. The same as {@link #shutdown(int) shutdown(0)}. */
    void shutdown();

    /**
     * Ends the process in order. Returns at once; the first call, signal or fatal failure fixes the exit code, later ones
     * change nothing.
     *
     * @param exitCode the exit code of the process, 0 to 255
     * @throws IllegalArgumentException if the exit code is out of that range
     */
    void shutdown(int exitCode);

    /**
     * Reads the configuration anew and takes it over if all of it is valid and every {@link OnReload} agrees; else nothing
     * changes. One that is under way is let end first; what is asked for meanwhile is one reload together. Before the daemon is
     * RUNNING it waits until then.
     *
     * @return completes with what became of it, also if it was rejected; fails with a {@link DaemonStateException} if the
     *         daemon
     *         shuts down first, or {@code quarkus.proc-daemon.reload.enabled} is false
     */
    CompletionStage<ReloadResult> reload();

    /**
     * How the last shutdown went: this process's own when its subsystems have ended, before that the one of the process before
     * it, which is known if {@code quarkus.proc-daemon.shutdown.report-file} is set.
     */
    Optional<ShutdownReport> lastShutdown();

    /** Takes the daemon out of rotation: readiness goes DOWN, everything keeps running. Undone by {@link #resume()}. */
    void drain();

    /** Ends {@link #drain()}: readiness is what the subsystems say again. */
    void resume();

    /**
     * Every transition of every subsystem from now on, in order, numbered without a gap. A subscriber that falls more than 256
     * events behind loses the newest ones, which shows as a gap in {@link SubsystemEvent#sequence()}, and how many is said in
     * the log; it never slows the daemon down. Completes when the daemon has stopped.
     */
    Flow.Publisher<SubsystemEvent> events();
}

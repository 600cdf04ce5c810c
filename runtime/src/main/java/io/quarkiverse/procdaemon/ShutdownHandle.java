package io.quarkiverse.procdaemon;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tells one run of a subsystem to stop, whatever the cause: a shutdown of the daemon, a stop or restart through the API, the
 * failure of a dependency. It fires when it is the subsystem's turn, that is after its dependents have stopped. Each run has
 * its own handle; one that has fired is never reset.
 * <p>
 * All methods may be called from any thread. {@link #isShutdown()} reads a single field and suits a tight loop.
 */
public interface ShutdownHandle {

    /** Whether this run has been asked to stop. */
    boolean isShutdown();

    /** Whether the stop is forced: the stop timeout has passed and the threads of the run have been interrupted. */
    boolean isForced();

    /** The reason, once {@link #isShutdown()} is true. */
    Optional<ShutdownReason> reason();

    /**
     * Waits until this run is asked to stop.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void await() throws InterruptedException;

    /**
     * Waits until this run is asked to stop, at most for the given time.
     *
     * @param timeout the maximum time to wait; with zero or less it returns at once
     * @return true if the stop has begun, false if the time elapsed first
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws IllegalArgumentException if the timeout is null
     */
    boolean await(Duration timeout) throws InterruptedException;

    /** The time left until the stop is forced; empty before it has begun, zero once it is forced. */
    Optional<Duration> remaining();

    /**
     * Completes with the reason when this run is asked to stop, on a thread of this subsystem. Completing the stage yourself
     * has no effect on the run.
     */
    CompletionStage<ShutdownReason> whenShutdown();

    /**
     * Registers an action that runs once when this run is asked to stop, for example to close a socket that a thread blocks on.
     * Actions run in the order of registration on one thread of this subsystem, before its {@link OnStop}. If one throws, the
     * exception is logged and the next one runs. If the stop has begun already, the action runs at once on the calling thread.
     *
     * @throws IllegalArgumentException if the action is null
     */
    void onShutdown(Runnable action);
}

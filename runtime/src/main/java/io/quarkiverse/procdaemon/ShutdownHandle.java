package io.quarkiverse.procdaemon;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tells one run of a subsystem that it is to stop, for whatever cause: shutdown of the daemon, a stop or restart by hand, a
 * failure of something it depends on. It fires at the subsystem's own place in the order, that is after its dependents have
 * stopped, and never un-fires; a later run has a handle of its own.
 * <p>
 * All methods may be called from any thread. {@link #isShutdown()} is a read of one field and fit for a tight loop.
 */
public interface ShutdownHandle {

    /** Whether this run is to stop. */
    boolean isShutdown();

    /** Whether waiting politely is over: the stop time-out has passed and the run's threads have been interrupted. */
    boolean isForced();

    /** Why, once {@link #isShutdown()}. */
    Optional<ShutdownReason> reason();

    /**
     * Waits until this run is to stop.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void await() throws InterruptedException;

    /**
     * Waits until this run is to stop, at most for the given time.
     *
     * @param timeout how long at most; zero or less only looks
     * @return true once shutdown began, false if the time passed first
     * @throws InterruptedException if the waiting thread is interrupted
     */
    boolean await(Duration timeout) throws InterruptedException;

    /** The time left until force; empty before shutdown began, zero when forced. */
    Optional<Duration> remaining();

    /**
     * Completes with the reason when this run is to stop. The stage is completed on a thread of this subsystem; completing it
     * from outside changes nothing here.
     */
    CompletionStage<ShutdownReason> whenShutdown();

    /**
     * Registers an action that runs once when this run is to stop: to close a socket that a thread blocks on, for example.
     * Actions run in the order of registration on one thread of this subsystem, before its {@link OnStop}; one that throws is
     * logged and the next one runs. If the stop has begun already, the action runs at once on the calling thread.
     */
    void onShutdown(Runnable action);
}

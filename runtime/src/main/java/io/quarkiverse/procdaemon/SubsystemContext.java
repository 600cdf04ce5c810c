package io.quarkiverse.procdaemon;

/** One run of a subsystem: its {@link ShutdownHandle}, its identity, heartbeats and work in flight. */
public interface SubsystemContext extends ShutdownHandle {

    /** The name of the subsystem. */
    String name();

    /** The number of this run: 1 for the first, one more for each start. */
    long generation();

    /**
     * Reports that the subsystem is alive. If {@code subsystem.heartbeat-timeout} is set, a RUNNING subsystem without a
     * heartbeat for that long counts as hung, which is a failure, detected within an eighth of the timeout. If it is not set,
     * this has no effect. The call costs one memory write; make it as often as convenient, from any thread. While the thread of
     * the body waits in one of the {@code await} methods, no heartbeat is needed: the timeout counts from the end of the wait.
     */
    void heartbeat();

    /**
     * Begins a piece of work that a stop waits for, within the stop timeout: {@link OnStop} is called when all work has been
     * closed. Work may also begin after the stop was requested, to finish what is queued, until the clean-up begins.
     *
     * @throws DaemonStateException if the clean-up of this run has begun
     */
    Work begin();

    /**
     * Reports that this run has failed, for example because a call from another subsystem has found out that the connection is
     * broken. It is stopped, and the restart policy decides, as if its body had thrown. May be called from any thread and
     * returns at once. After the stop began the failure is only logged.
     *
     * @throws IllegalArgumentException if the cause is null
     */
    void fail(Throwable cause);

    /**
     * Runs a task on a thread of its own, of the kind that the subsystem's other threads have, named after the subsystem and
     * the task. The run ends when its body and all its tasks have ended; they are interrupted when the stop is forced, and
     * {@link OnStop} is called after their end. What a task throws is a failure of the run.
     *
     * @param name what it is, for the name of its thread and for reports; need not be unique
     * @throws IllegalStateException if this run was asked to stop, or has ended; a {@code CancellationException}, so that a
     *         body which lets it pass ends because of the stop, not by a failure
     * @throws IllegalArgumentException if the name is null or blank, or the task is null
     */
    void fork(String name, Task task);

    /**
     * As {@link #await(java.time.Duration)}, with a time that may change meanwhile: it is asked for at once, and again after
     * each reload of the configuration, on the waiting thread; it always counts from the call of this method.
     *
     * @param timeout gives the maximum time to wait; what it throws ends the wait
     * @return true if the stop has begun, false if the time elapsed first
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws IllegalArgumentException if the supplier is null or gives null
     */
    boolean await(java.util.function.Supplier<java.time.Duration> timeout) throws InterruptedException;
}

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
     * the body waits in {@link #await()} or {@link #await(java.time.Duration)}, no heartbeat is needed: the timeout counts from
     * the end of the wait.
     */
    void heartbeat();

    /**
     * Begins a piece of work that a stop waits for, within the stop timeout: {@link OnStop} is called when all work has been
     * closed. Work may also begin after the stop was requested, to finish what is queued, until the clean-up begins.
     *
     * @throws DaemonStateException if the clean-up of this run has begun
     */
    Work begin();
}

package io.quarkiverse.procdaemon;

/** The {@link ShutdownHandle} of one run of a subsystem, and which run of which subsystem it is. */
public interface SubsystemContext extends ShutdownHandle {

    /** The subsystem's name. */
    String name();

    /** The number of this run: 1 for the first, one more for each start. */
    long generation();

    /**
     * Says that the subsystem is alive. With {@code subsystem.heartbeat-timeout} set, a RUNNING subsystem that has not said so
     * for that long is hung, which is a failure; it is noticed within an eighth of the timeout. Without it this does nothing
     * of use. Costs a memory write, so call it as often as convenient, from any thread. While the body's own thread waits in
     * {@link #await()} or {@link #await(java.time.Duration)} no heartbeat is needed: the timeout counts from the end of the
     * wait.
     */
    void heartbeat();

    /**
     * Begins a piece of work that stopping waits for, within the stop time-out: the {@link OnStop} of this run is called when
     * all work begun has been closed. Also after the stop was asked for, so that what is queued can be finished, until the
     * clean-up begins.
     *
     * @throws DaemonStateException if this run is being cleaned up or has ended
     */
    Work begin();
}

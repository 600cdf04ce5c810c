package io.quarkiverse.procdaemon;

/** The {@link ShutdownHandle} of one run of a subsystem, and which run of which subsystem it is. */
public interface SubsystemContext extends ShutdownHandle {

    /** The subsystem's name. */
    String name();

    /** The number of this run: 1 for the first, one more for each start. */
    long generation();
}

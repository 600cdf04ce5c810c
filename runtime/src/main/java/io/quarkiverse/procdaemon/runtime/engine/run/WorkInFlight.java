package io.quarkiverse.procdaemon.runtime.engine.run;

import io.quarkiverse.procdaemon.Work;

/** A piece of work in flight that is done for a subsystem by somebody else, such as a scheduler. */
public interface WorkInFlight extends Work {

    /**
     * The work is done, and has failed: a failure of the run it was begun in, or nothing if that run has ended or is about to.
     * Nothing after {@link #close()}.
     */
    void fail(Throwable cause);
}

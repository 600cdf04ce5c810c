package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemException;

/** What the supervisor has found out that concerns the whole daemon, in the order in which it happened. */
public sealed interface Outcome {

    /** Every critical subsystem has been RUNNING. */
    record StartSucceeded() implements Outcome {
    }

    /** A critical subsystem will never be RUNNING. */
    record StartFailed(SubsystemException failure) implements Outcome {
    }

    /** A subsystem has failed for good, and its settings say that the daemon is to end then. */
    record Exhausted(String subsystem, Failure failure) implements Outcome {
    }

    /** After {@link Supervisor#stopAll}: no subsystem is active any more. */
    record AllDown() implements Outcome {
    }
}

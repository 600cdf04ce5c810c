package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.concurrent.CompletionStage;

/** The health check of a subsystem. */
@FunctionalInterface
public interface Probe {

    /**
     * Called on a thread of the subsystem, which may be interrupted.
     *
     * @return completes with true when healthy; never null
     * @throws Throwable whatever the subsystem's code throws: unhealthy
     */
    CompletionStage<Boolean> probe() throws Throwable;
}

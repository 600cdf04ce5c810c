package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.concurrent.CompletionStage;

import io.quarkiverse.procdaemon.SubsystemContext;

/** A piece of a subsystem's own code. */
@FunctionalInterface
public interface Action {

    /**
     * Called on a thread of the subsystem, which may be interrupted.
     *
     * @return null if all is done when this returns, else a stage that completes when it is
     * @throws Throwable whatever the subsystem's code throws
     */
    CompletionStage<?> perform(SubsystemContext context) throws Throwable;
}

package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.concurrent.CompletionStage;

import io.quarkiverse.procdaemon.ConfigChange;

/** A subsystem's own part in a reload. */
@FunctionalInterface
public interface Reaction {

    /**
     * Called on a thread of the subsystem, which may be interrupted.
     *
     * @return null if all is done when this returns, else a stage that completes when it is
     * @throws Throwable whatever the subsystem's code throws: a veto
     */
    CompletionStage<?> react(ConfigChange change) throws Throwable;
}

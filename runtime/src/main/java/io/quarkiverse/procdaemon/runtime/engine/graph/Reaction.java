package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ConfigChange;

/** The part of a subsystem in a reload. */
@FunctionalInterface
public interface Reaction {

    /**
     * Called on a thread of the subsystem, which may be interrupted.
     *
     * @return null if the code has completed, otherwise a stage that completes when it has
     * @throws Throwable whatever the subsystem's code throws: a veto
     */
    @Nullable
    CompletionStage<?> react(ConfigChange change) throws Throwable;
}

package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.SubsystemContext;

/** A piece of the code of a subsystem. */
@FunctionalInterface
public interface Action {

    /**
     * Called on a thread of the subsystem, which may be interrupted.
     *
     * @return null if the code has completed, otherwise a stage that completes when it has
     * @throws Throwable whatever the subsystem's code throws
     */
    @Nullable
    CompletionStage<?> perform(SubsystemContext context) throws Throwable;
}

package io.quarkiverse.procdaemon.runtime.engine.graph;

import org.jspecify.annotations.Nullable;

/**
 * The code of a subsystem; missing parts are null.
 *
 * @param onStart prepares; when it has completed, the subsystem is RUNNING
 * @param run the body
 * @param onStop cleans up
 * @param healthy the health check
 * @param onReload takes part in a reload
 */
public record Behavior(@Nullable Action onStart, @Nullable Action run, @Nullable Action onStop, @Nullable Probe healthy,
        @Nullable Reaction onReload) {

    /** A subsystem without code, which only marks a place in the order. */
    public static final Behavior NONE = new Behavior(null, null, null, null);

    /** Code without a part in reloads. */
    public Behavior(@Nullable Action onStart, @Nullable Action run, @Nullable Action onStop, @Nullable Probe healthy) {
        this(onStart, run, onStop, healthy, null);
    }

    /** Only a body. */
    public static Behavior running(Action run) {
        return new Behavior(null, run, null, null);
    }
}

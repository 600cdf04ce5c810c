package io.quarkiverse.procdaemon.runtime.engine.graph;

/**
 * The code of a subsystem; each part is null where it has none.
 *
 * @param onStart prepares; RUNNING when done
 * @param run the body
 * @param onStop cleans up
 * @param healthy says whether it does its work
 * @param onReload takes part in a reload
 */
public record Behavior(Action onStart, Action run, Action onStop, Probe healthy, Reaction onReload) {

    /** A subsystem that only marks a place in the order. */
    public static final Behavior NONE = new Behavior(null, null, null, null);

    /** Code that takes no part in reloads. */
    public Behavior(Action onStart, Action run, Action onStop, Probe healthy) {
        this(onStart, run, onStop, healthy, null);
    }

    /** Only a body. */
    public static Behavior running(Action run) {
        return new Behavior(null, run, null, null);
    }
}

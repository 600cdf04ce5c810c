package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What the threads of a run do: its phases, and the tasks that it forked. Confined to the event loop except where a method says
 * otherwise.
 */
final class RunTasks {

    private static final Set<PhaseTask> NONE = Set.of();

    private @Nullable PhaseTask main;
    private @Nullable PhaseTask actions;
    private @Nullable PhaseTask reload;
    private volatile Set<PhaseTask> forked = NONE;

    void begin(PhaseTask begun) {
        switch (begun.phase()) {
            case SHUTDOWN_ACTIONS -> actions = begun;
            case RELOAD -> reload = begun;
            default -> main = begun;
        }
    }

    /** Any thread may call this. */
    synchronized void fork(PhaseTask child) {
        if (forked == NONE) {
            forked = ConcurrentHashMap.newKeySet();
        }
        forked.add(child);
    }

    void ended(PhaseTask ended) {
        switch (ended.phase()) {
            case SHUTDOWN_ACTIONS -> actions = null;
            case RELOAD -> reload = null;
            case FORKED -> forked.remove(ended);
            default -> main = null;
        }
    }

    /** Whether a phase is under way; forked tasks are work in flight. */
    boolean hasPhase() {
        return main != null || actions != null || reload != null;
    }

    /** Whether that is under way; not for shutdown actions and forked tasks. */
    boolean isIn(Phase phase) {
        return phase == Phase.RELOAD ? reload != null : main != null && main.phase() == phase;
    }

    /** How many forked tasks have not ended. Any thread may call this. */
    int forked() {
        return forked.size();
    }

    @Nullable
    PhaseTask reload() {
        return reload;
    }

    /** All that are under way. */
    List<PhaseTask> all() {
        List<PhaseTask> all = new ArrayList<>(forked);
        for (PhaseTask phase : new @Nullable PhaseTask[] { actions, reload, main }) {
            if (phase != null) {
                all.add(phase);
            }
        }
        return all;
    }

    /** The one to name if only one is named; null if there is none. Any thread may call this: it may be out of date. */
    @Nullable
    PhaseTask foremost() {
        PhaseTask first = main;
        PhaseTask second = reload;
        PhaseTask third = actions;
        if (first != null || second != null || third != null) {
            return first != null ? first : second != null ? second : third;
        }
        for (PhaseTask child : forked) {
            return child;
        }
        return null;
    }
}

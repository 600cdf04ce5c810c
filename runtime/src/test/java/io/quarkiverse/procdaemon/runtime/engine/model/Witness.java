package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;

/**
 * Stands inside the subsystems' code and sees it come and go: never two runs of one subsystem, phases in their order, start on
 * what has started, stop below what has ended. What {@code dependents=ignore} leaves open is not looked at.
 */
final class Witness {

    /** What one run has done so far. */
    private static final class Run {
        private final Plan plan;
        private final long generation;
        private final Set<Phase> inside = EnumSet.noneOf(Phase.class);
        private final Set<Phase> entered = EnumSet.noneOf(Phase.class);
        private boolean started;
        private int work;
        private int forked;

        private Run(Plan plan, long generation) {
            this.plan = plan;
            this.generation = generation;
            this.started = !plan.has(Phase.START);
        }

        private boolean isIdle() {
            return inside.isEmpty() && work == 0 && forked == 0;
        }

        private boolean isOver() {
            return isIdle() && (!plan.has(Phase.STOP) || entered.contains(Phase.STOP));
        }

        @Override
        public String toString() {
            return plan.name() + "#" + generation;
        }
    }

    private final Faults faults;
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, String> suspects = new LinkedHashMap<>();
    private final Set<String> abandoned = new HashSet<>();

    Witness(Faults faults) {
        this.faults = faults;
    }

    synchronized void abandoned(String name, long generation) {
        abandoned.add(name + "#" + generation);
    }

    synchronized void enter(Gate gate) {
        if (gate.forked) {
            enterForked(gate);
            return;
        }
        Run run = run(gate);
        faults.require(run.entered.add(gate.phase), "%s is entered twice", gate);
        switch (gate.phase) {
            case START -> mayStart(run);
            case RUN -> faults.require(run.started && !run.entered.contains(Phase.STOP), "%s: not started, or over", gate);
            case STOP -> mayStop(run, gate);
        }
        run.inside.add(gate.phase);
    }

    private void enterForked(Gate gate) {
        Run run = runs.get(gate.plan.name());
        faults.require(run != null && run.generation == gate.context.generation() && !run.entered.contains(Phase.STOP),
                "%s is entered in %s, which is over or cleans up", gate, run);
        run.forked++;
    }

    private Run run(Gate gate) {
        Run last = runs.get(gate.plan.name());
        long generation = gate.context.generation();
        if (last != null && last.generation == generation && last.plan == gate.plan && !isAnew(last, gate.phase)) {
            return last;
        }
        if (last != null) {
            faults.require(last.isIdle(), "%s is entered while %s is in its %s, with %d pieces of work and %d tasks", gate,
                    last,
                    last.inside, last.work, last.forked);
            if (!last.isOver()) {
                suspect(last, gate + " is entered after it, but it has not cleaned up");
            }
            faults.require(generation > last.generation || generation == 1, "%s comes after %s", gate, last);
        }
        Run run = new Run(gate.plan, generation);
        runs.put(gate.plan.name(), run);
        return run;
    }

    /** Registered again under its old name, a subsystem counts its runs from one again. */
    private boolean isAnew(Run last, Phase phase) {
        return last.generation == 1 && last.isIdle() && last.entered.contains(phase);
    }

    private void mayStart(Run run) {
        faults.require(run.entered.size() == 1, "%s starts late", run);
        for (String name : run.plan.dependsOn()) {
            Run dependency = runs.get(name);
            if (dependency == null) {
                continue;
            }
            if (dependency.plan.has(Phase.START) && dependency.plan.settings().stopsDependents()) {
                if (!dependency.started || dependency.entered.contains(Phase.STOP)) {
                    suspect(run, "it starts on " + dependency + ", which has not started or stops");
                }
            }
        }
    }

    private void mayStop(Run run, Gate gate) {
        faults.require(run.isIdle(), "%s is entered while it is in %s, with %d pieces of work and %d tasks", gate, run.inside,
                run.work, run.forked);
        faults.require(gate.context.isShutdown(), "%s is entered before its handle has fired", gate);
        if (!run.plan.settings().stopsDependents()) {
            return;
        }
        for (Run dependent : runs.values()) {
            if (dependent.plan.dependsOn().contains(run.plan.name()) && !dependent.isOver()
                    && (!dependent.inside.isEmpty() || !dependent.entered.isEmpty())) {
                suspect(dependent, gate + " is entered below it");
            }
        }
    }

    /** Work begins or ends in the run that the gate belongs to. */
    synchronized void work(Gate gate, int change) {
        Run run = runs.get(gate.plan.name());
        if (run != null && run.generation == gate.context.generation()) {
            run.work += change;
        }
    }

    synchronized void exit(Gate gate, Throwable failure) {
        Run run = runs.get(gate.plan.name());
        if (gate.forked) {
            faults.require(run.generation == gate.context.generation() && run.forked-- > 0, "%s is left twice", gate);
            return;
        }
        faults.require(run.generation == gate.context.generation() && run.inside.remove(gate.phase), "%s is left twice", gate);
        if (gate.phase == Phase.START) {
            run.started = failure == null;
        }
    }

    private void suspect(Run run, String what) {
        suspects.put(run.toString(), what);
    }

    /** To be asked when all events have been heard: what an abandoned run does, or has left undone, counts for nothing. */
    synchronized void checkSuspects() {
        suspects.forEach((run, what) -> faults.require(abandoned.contains(run), "%s was not abandoned: %s", run, what));
    }

    /** The runs with code that has not ended; they must have been abandoned. */
    synchronized void checkAllEnded() {
        for (Run run : runs.values()) {
            faults.require(run.isOver() || abandoned.contains(run.toString()), "%s is still in its %s, or did not clean up",
                    run, run.inside);
        }
    }

    synchronized boolean isAnyInside() {
        return runs.values().stream().anyMatch(run -> !run.inside.isEmpty() || run.forked > 0);
    }
}

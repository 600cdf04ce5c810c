package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Reports.Report;

/**
 * Says that a phase of a run has ended. It is its own message, made when the phase begins, and the queue makes room early: a
 * full heap does not keep it from being said. Who says it first writes what was thrown; whoever handles the message reads that
 * after it has read the message from its place.
 */
final class PhaseEnded implements Runnable, Report {

    private static final AtomicIntegerFieldUpdater<PhaseEnded> SAID = AtomicIntegerFieldUpdater.newUpdater(PhaseEnded.class,
            "said");

    private final Runs runs;
    private final Executor loop;
    private final Node node;
    private final Generation generation;
    private final Phase phase;
    private volatile int said;
    private Thrown failure;

    PhaseEnded(Runs runs, Executor loop, Node node, Generation generation, Phase phase) {
        this.runs = runs;
        this.loop = loop;
        this.node = node;
        this.generation = generation;
        this.phase = phase;
    }

    @Override
    public void ended(Thrown thrown) {
        if (SAID.compareAndSet(this, 0, 1)) {
            failure = thrown;
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        runs.phaseEnded(node, generation, phase, failure);
    }
}

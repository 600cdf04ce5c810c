package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import io.quarkiverse.procdaemon.ThreadKind;

/**
 * Threads that the driver plays: each is a task that begins when chance picks it, and only one runs at a time, so a seed
 * decides every interleaving. Code that waits does so as a stage, or on a thread of its own for which the driver waits. What
 * carries news (messages, events, promises) runs at once, so that the driver sees all that a step has done.
 */
final class SimulatedStage extends Stage {

    private final SplittableRandom random;
    private final Predicate<String> waiting;
    private final List<ModelThread> ready = new ArrayList<>();
    /** What was cancelled, but was about to run: it may do so at any time, or never. */
    private final List<ModelThread> stale = new ArrayList<>();
    private ModelThread current;

    /** @param waiting the names of the threads whose code waits on them */
    SimulatedStage(SplittableRandom random, Predicate<String> waiting) {
        this.random = random;
        this.waiting = waiting;
    }

    @Override
    public Thread start(ThreadKind kind, String name, Runnable task) {
        boolean waits = waits(name);
        boolean news = name.equals("proc-daemon-events") || name.equals("proc-daemon-promises")
                || name.equals("proc-daemon-loop");
        ModelThread thread = new ModelThread(name, waits ? counted(task) : task);
        if (news) {
            task.run();
        } else {
            synchronized (ready) {
                ready.add(thread);
            }
        }
        return thread;
    }

    /** A forked task cannot return a stage. */
    private boolean waits(String name) {
        return waiting.test(name) || name.endsWith("-task");
    }

    @Override
    void stale(Runnable task) {
        synchronized (ready) {
            stale.add(new ModelThread("stale timer", task));
        }
    }

    @Override
    ModelThread current() {
        return Thread.currentThread() instanceof ModelThread thread ? thread : current;
    }

    @Override
    CompletionStage<?> hold(Gate gate) {
        if (gate.mayPromise) {
            add(gate);
            return gate;
        }
        block(gate);
        return null;
    }

    @Override
    void open(Gate gate, Exception failure) {
        super.open(gate, failure);
        awaitIdle();
    }

    @Override
    boolean step() {
        synchronized (ready) {
            List<ModelThread> some = !stale.isEmpty() && random.nextInt(8) == 0 ? stale : ready;
            if (some.isEmpty()) {
                return false;
            }
            current = some.remove(random.nextInt(some.size()));
        }
        if (waits(current.getName())) {
            count(1);
            current.start();
            awaitIdle();
        } else {
            current.run();
        }
        return true;
    }

    @Override
    void settle() {
        while (step()) {
            // one at a time
        }
    }
}

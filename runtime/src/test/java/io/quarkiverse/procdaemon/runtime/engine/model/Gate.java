package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;

/**
 * Where a piece of a subsystem's code waits until the script lets it go. It never goes by itself: interrupts and cancellations
 * are only noted, so how long code hangs is the script's to say.
 */
final class Gate extends CompletableFuture<Void> {

    final Plan plan;
    final Phase phase;
    final SubsystemContext context;
    /** Whether the code may return this as a stage instead of waiting. */
    final boolean mayPromise;
    final ModelThread thread;
    /** Whether it is in a task that was forked, beside the phases. */
    final boolean forked;
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile Exception thrown;
    private volatile boolean blocking;

    Gate(Plan plan, Phase phase, SubsystemContext context, boolean mayPromise, ModelThread thread) {
        this(plan, phase, context, mayPromise, thread, false);
    }

    private Gate(Plan plan, Phase phase, SubsystemContext context, boolean mayPromise, ModelThread thread, boolean forked) {
        this.forked = forked;
        this.plan = plan;
        this.phase = phase;
        this.context = context;
        this.mayPromise = mayPromise;
        this.thread = thread;
    }

    /** In a task of that run. */
    static Gate forked(Plan plan, SubsystemContext context, ModelThread thread) {
        return new Gate(plan, Phase.RUN, context, false, thread, true);
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        return false;
    }

    boolean isInterrupted() {
        return thread.wasInterrupted();
    }

    /** A thread will wait here, instead of a stage. */
    void block() {
        blocking = true;
    }

    boolean isBlocking() {
        return blocking;
    }

    /** Lets the waiting thread go on. */
    void release(Exception failure) {
        thrown = failure;
        open.countDown();
    }

    /** Waits, whatever interrupts. */
    void pass() {
        while (true) {
            try {
                open.await();
                return;
            } catch (InterruptedException again) {
                // the thread has noted it
            }
        }
    }

    /** What the code throws once it is let go, or null. */
    Exception thrown() {
        return thrown;
    }

    @Override
    public String toString() {
        return (forked ? "task" : phase) + " of " + plan.name() + "#" + context.generation();
    }
}

package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * The threads of one case, and the gates at which subsystems' code waits. {@code busy} counts the threads that were started and
 * neither have ended nor wait at a gate, so it is zero when nothing happens any more; no clock is involved.
 */
abstract class Stage implements Threads {

    private final List<Gate> gates = new ArrayList<>();
    private int busy;

    /** The thread that runs the code which asks. */
    abstract ModelThread current();

    /** Called by subsystems' code: waits at the gate and returns null, or promises to. */
    abstract CompletionStage<?> hold(Gate gate);

    /** Returns when every thread has ended or waits at a gate. */
    abstract void settle();

    /** Runs one thread that has not begun, if there is any that needs somebody to run it. */
    boolean step() {
        return false;
    }

    /** A timer that was cancelled when it was about to do this. */
    void stale(Runnable task) {
    }

    /** Where code waits now. */
    final synchronized List<Gate> gates() {
        return List.copyOf(gates);
    }

    final synchronized void add(Gate gate) {
        gates.add(gate);
    }

    /** The thread that removes a gate may open it. */
    final synchronized boolean remove(Gate gate) {
        return gates.remove(gate);
    }

    /** Lets code that has been removed go on; it throws if there is something to throw. */
    void open(Gate gate, Exception failure) {
        if (gate.isBlocking()) {
            count(1);
            gate.release(failure);
        } else if (failure == null) {
            gate.complete(null);
        } else {
            gate.completeExceptionally(failure);
        }
    }

    final void block(Gate gate) {
        if (!(Thread.currentThread() instanceof ModelThread)) {
            throw new AssertionError(gate + " would block the driver");
        }
        gate.block();
        add(gate);
        count(-1);
        gate.thread.react();
        gate.pass();
    }

    /** The task of a thread that is counted as busy until it ends. */
    final Runnable counted(Runnable task) {
        return () -> {
            try {
                task.run();
            } finally {
                count(-1);
            }
        };
    }

    final synchronized void count(int change) {
        busy += change;
        if (busy == 0) {
            notifyAll();
        }
    }

    final synchronized void awaitIdle() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (busy > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(busy + " threads neither end nor wait at a gate");
            }
            try {
                wait(left);
            } catch (InterruptedException stop) {
                throw new AssertionError("interrupted", stop);
            }
        }
    }
}

package io.quarkiverse.procdaemon.collector.hooks;

import java.util.concurrent.CyclicBarrier;

/** Monitors that are never released; no interrupt ends the wait for one. */
final class Locks {

    private static final Object LEFT = new Object();
    private static final Object RIGHT = new Object();
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    private Locks() {
    }

    static void hold() {
        synchronized (LEFT) {
            Mishaps.ignoreInterrupts();
        }
    }

    static void take() {
        synchronized (LEFT) {
            throw new IllegalStateException("The lock was free");
        }
    }

    static void deadlock() throws Exception {
        boolean first = BOTH.await() == 0;
        synchronized (first ? LEFT : RIGHT) {
            BOTH.await();
            synchronized (first ? RIGHT : LEFT) {
                throw new IllegalStateException("Both locks were free");
            }
        }
    }
}

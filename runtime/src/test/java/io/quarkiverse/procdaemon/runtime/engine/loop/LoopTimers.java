package io.quarkiverse.procdaemon.runtime.engine.loop;

/** The timers of an event loop. */
public final class LoopTimers {

    private LoopTimers() {
    }

    /** How many are due at exactly that moment. Called on the thread of the loop. */
    public static long dueAt(EventLoop<?> loop, long nanos) {
        return loop.timers.dueAt(nanos);
    }
}

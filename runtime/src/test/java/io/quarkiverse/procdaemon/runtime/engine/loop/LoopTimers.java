package io.quarkiverse.procdaemon.runtime.engine.loop;

/** What waits in an event loop. */
public final class LoopTimers {

    private LoopTimers() {
    }

    /** How many are due at exactly that moment. Called on the thread of the loop. */
    public static long dueAt(EventLoop<?> loop, long nanos) {
        return dueWithin(loop, nanos, nanos + 1);
    }

    /** How many are due from the first moment on and before the second. Called on the thread of the loop. */
    public static long dueWithin(EventLoop<?> loop, long from, long to) {
        return loop.timers.dueWithin(from, to);
    }

    /** How many messages wait to be handled. */
    public static int waiting(EventLoop<?> loop) {
        return loop.messages.size();
    }
}

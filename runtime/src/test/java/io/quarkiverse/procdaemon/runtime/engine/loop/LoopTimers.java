package io.quarkiverse.procdaemon.runtime.engine.loop;

/** What waits in an event loop. */
public final class LoopTimers {

    private LoopTimers() {
    }

    /** How many are due at exactly that moment. Called on the thread of the loop. */
    public static long dueAt(EventLoop<?> loop, long nanos) {
        return loop.timers.dueAt(nanos);
    }

    /** How many messages wait to be handled. */
    public static int waiting(EventLoop<?> loop) {
        return loop.messages.size();
    }
}

package io.quarkiverse.procdaemon.runtime.engine.loop;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ThreadKind;

/** Starts threads. */
public interface Threads {

    /**
     * Starts a daemon thread that runs the task and ends.
     *
     * @param kind what kind of thread
     * @param name its name
     * @param task must not throw
     * @throws io.quarkiverse.procdaemon.DaemonStateException if the kind is VIRTUAL and this JVM has none
     */
    Thread start(ThreadKind kind, String name, Runnable task);

    /** How many nanoseconds a thread that has nothing more to do may wait for more before it ends; 0 by default. */
    default long linger() {
        return 0;
    }

    /**
     * The same for what should not run on the calling thread, but must run: on a platform thread, which needs no carrier that
     * others may keep for themselves; if there is none to be had, here.
     *
     * @param name the thread's name
     * @param task must not throw
     */
    default void startOrRun(String name, Runnable task) {
        try {
            start(ThreadKind.PLATFORM, name, task);
        } catch (Throwable noThread) {
            task.run();
        }
    }

    /**
     * For what comes in bursts: runs the task on a platform thread that may have run other such tasks before; never waits for
     * one of them to end.
     *
     * @param name the thread's name for so long
     * @param task must not throw
     */
    default void reuse(String name, Runnable task) {
        start(ThreadKind.PLATFORM, name, task);
    }

    /** The same, but here if there is no thread to be had. */
    default void reuseOrRun(String name, Runnable task) {
        try {
            reuse(name, task);
        } catch (Throwable noThread) {
            task.run();
        }
    }

    /**
     * Whether it is a virtual thread that computes on a carrier. The JDK says so only in a thread's {@code toString}:
     * {@code VirtualThread[#21,name]/runnable@ForkJoinPool-1-worker-1} while it is mounted. Any thread may call this.
     */
    static boolean isOnCarrier(@Nullable Thread thread) {
        return isVirtualAndRunnable(thread) && thread.toString().indexOf('@', thread.toString().lastIndexOf(']')) >= 0;
    }

    /** Whether it is a virtual thread that could go on, or begin, if there was a carrier for it. Any thread may call this. */
    static boolean isKeptFromRunning(@Nullable Thread thread) {
        return isVirtualAndRunnable(thread) && !isOnCarrier(thread);
    }

    private static boolean isVirtualAndRunnable(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.RUNNABLE && thread.toString().startsWith("VirtualThread[");
    }
}

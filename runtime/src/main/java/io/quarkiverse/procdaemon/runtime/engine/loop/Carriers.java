package io.quarkiverse.procdaemon.runtime.engine.loop;

/**
 * Tells which virtual threads compute on a carrier and which wait for one. The JDK says so only in a thread's
 * {@code toString}: {@code VirtualThread[#21,name]/runnable@ForkJoinPool-1-worker-1} while it is mounted. Any thread may call
 * these.
 */
public final class Carriers {

    private static final String VIRTUAL = "VirtualThread[";

    private Carriers() {
    }

    /** Whether it is a virtual thread that is on a carrier and does not block. */
    public static boolean isOnCarrier(Thread thread) {
        return isRunnable(thread) && isMounted(thread.toString());
    }

    /** Whether it is a virtual thread that could go on, or begin, if there was a carrier for it. */
    public static boolean isKeptFromRunning(Thread thread) {
        return isRunnable(thread) && !isMounted(thread.toString());
    }

    private static boolean isRunnable(Thread thread) {
        return thread != null && SystemThreads.hasVirtual() && thread.getState() == Thread.State.RUNNABLE
                && thread.toString().startsWith(VIRTUAL);
    }

    private static boolean isMounted(String text) {
        return text.indexOf('@', text.lastIndexOf(']')) >= 0;
    }
}

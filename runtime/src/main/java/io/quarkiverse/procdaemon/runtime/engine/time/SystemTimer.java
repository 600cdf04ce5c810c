package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One daemon thread that exists only while something is scheduled, and for ten seconds after. Until then there is nothing: to
 * make the executor costs more than the rest of a daemon, since the JVM keeps a list of all executors.
 */
public final class SystemTimer implements Timer, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SystemTimer.class);

    private final String threadName;
    private volatile @Nullable ScheduledThreadPoolExecutor executor;
    private boolean closed;

    /** @param threadName the name of its thread */
    public SystemTimer(String threadName) {
        this.threadName = threadName;
    }

    @Override
    public Timeout schedule(Runnable task, Duration delay) {
        Future<?> future = executor().schedule(() -> runLogged(task), Math.max(0, Nanos.of(delay)), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor existing = executor;
        return existing == null ? madeOnce() : existing;
    }

    private synchronized ScheduledThreadPoolExecutor madeOnce() {
        if (executor == null) {
            ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, threadName);
                thread.setDaemon(true);
                return thread;
            });
            made.setRemoveOnCancelPolicy(true);
            made.setKeepAliveTime(10, TimeUnit.SECONDS);
            made.allowCoreThreadTimeOut(true);
            if (closed) {
                made.shutdownNow();
            }
            executor = made;
        }
        return executor;
    }

    /** Ends the thread; what is still scheduled does not run, and nothing can be scheduled any more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.error("A timer task failed; the timer goes on", failure);
        }
    }
}

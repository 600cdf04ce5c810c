package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

/** One daemon thread that exists only while something is scheduled, and for ten seconds after. */
public final class SystemTimer implements Timer, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SystemTimer.class);

    private final ScheduledThreadPoolExecutor executor;

    /** @param threadName the name of its thread */
    public SystemTimer(String threadName) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(10, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public Timeout schedule(Runnable task, Duration delay) {
        Future<?> future = executor.schedule(() -> runLogged(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Ends the thread; what is still scheduled does not run. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.error("A timer task failed; the timer goes on", failure);
        }
    }
}

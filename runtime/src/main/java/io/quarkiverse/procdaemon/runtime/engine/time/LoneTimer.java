package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A timer for one task that must run whatever else goes wrong. It has its own platform thread, which runs only while there is a
 * task. The thread is created in advance, so that starting it allocates nothing on a heap that may be full, and it needs no
 * lock but that of this object, which no other code can hold.
 */
public final class LoneTimer implements Timer {

    private final String threadName;
    private @Nullable Alarm alarm;

    /** @param threadName the name of its thread */
    public LoneTimer(String threadName) {
        this.threadName = threadName;
        this.alarm = new Alarm();
    }

    /**
     * Replaces the scheduled task, if there is one; what was returned for that one cancels the new one from then on. The task
     * may block.
     */
    @Override
    public synchronized Timeout schedule(Runnable task, Duration delay) {
        if (alarm == null) {
            alarm = new Alarm();
        }
        alarm.task = task;
        alarm.due = System.nanoTime() + Math.max(0, Durations.nanos(delay));
        if (alarm.getState() == Thread.State.NEW) {
            alarm.start();
        } else {
            LockSupport.unpark(alarm);
        }
        return alarm;
    }

    private final class Alarm extends Thread implements Timeout {

        private @Nullable Runnable task;
        private long due;

        private Alarm() {
            super(null, null, threadName, 0, false);
            setDaemon(true);
        }

        @Override
        public void cancel() {
            synchronized (LoneTimer.this) {
                task = null;
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            Runnable ready = awaitTask();
            if (ready != null) {
                ready.run();
            }
        }

        /** Null if it was cancelled. */
        private @Nullable Runnable awaitTask() {
            while (true) {
                long left;
                synchronized (LoneTimer.this) {
                    left = due - System.nanoTime();
                    if (task == null || left <= 0) {
                        alarm = null;
                        return task;
                    }
                }
                LockSupport.parkNanos(this, left);
            }
        }
    }
}

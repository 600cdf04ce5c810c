package io.quarkiverse.procdaemon.runtime.engine.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A timer for one task that must run whatever else goes wrong. It has a platform thread of its own, which exists only while
 * there is a task. That thread is made beforehand, so that starting it takes nothing from a heap that may be full, and it needs
 * no lock but the one of this object, which nobody else can hold.
 */
public final class LoneTimer implements Timer {

    private final String threadName;
    private Alarm alarm;

    /** @param threadName the name of its thread */
    public LoneTimer(String threadName) {
        this.threadName = threadName;
        this.alarm = new Alarm();
    }

    /**
     * Replaces the task that is scheduled, if there is one; whatever was returned for that cancels the new one from then on.
     * The task may block.
     */
    @Override
    public synchronized Timeout schedule(Runnable task, Duration delay) {
        if (alarm == null) {
            alarm = new Alarm();
        }
        alarm.task = task;
        alarm.due = System.nanoTime() + Math.max(0, Nanos.of(delay));
        if (alarm.getState() == Thread.State.NEW) {
            alarm.start();
        } else {
            LockSupport.unpark(alarm);
        }
        return alarm;
    }

    private final class Alarm extends Thread implements Timeout {

        private Runnable task;
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
        private Runnable awaitTask() {
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

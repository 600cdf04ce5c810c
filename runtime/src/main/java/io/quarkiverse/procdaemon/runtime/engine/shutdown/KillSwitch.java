package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * What happens when the time of a shutdown is up: the last words, and the end of the process. Each has a thread of its own, so
 * that the end comes whatever becomes of the words: who halts waits for nobody, and needs no lock that user code or logging
 * could hold. The moment can only ever be moved forward. For a process that may be halted; any thread may call this.
 */
final class KillSwitch {

    static final int EXIT_CODE = 137;

    /** How much longer than the kill timeout the last words may take. */
    private static final Duration LAST_WORDS = Duration.ofMillis(600);

    private final Clock clock;
    private final ProcessControl process;
    private final Timer words;
    private final Timer end;
    private final Runnable timeUp;
    private final Runnable halt;
    private boolean armed;
    private long at;

    /** @param timeUp what is to be done when the time is up; if it returns the process ends */
    KillSwitch(Platform platform, ProcessControl process, Runnable timeUp) {
        this.clock = platform.clock();
        this.process = process;
        this.words = platform.lone().apply("proc-daemon-last-words");
        this.end = platform.lone().apply("proc-daemon-kill");
        this.timeUp = () -> {
            try {
                timeUp.run();
            } finally {
                end();
            }
        };
        this.halt = this::end;
    }

    /** For a request that was just given: the end comes, whatever becomes of the event loop. */
    void arm(FirstRequest request) {
        if (process.canHalt()) {
            try {
                arm(request.latestBase() + Durations.nanos(request.killTimeout()));
            } catch (OutOfMemoryError full) {
                // Armed again with the moments of the shutdown, which must begin all the same: no other request would count.
            }
        }
    }

    /**
     * The time is up at that moment of the clock, unless it is sooner already. If this throws, for want of memory, the end is
     * as it was before.
     */
    synchronized void arm(long moment) {
        if (armed && moment - at >= 0) {
            return;
        }
        Duration left = new Deadline(clock, moment).remaining();
        end.schedule(halt, Durations.sum(left, LAST_WORDS));
        armed = true;
        at = moment;
        try {
            words.schedule(timeUp, left);
        } catch (Throwable noThread) {
            end.schedule(halt, left);
        }
    }

    /**
     * Ends the process after that time, with no more words, unless it is armed before. If there is not even a thread for
     * that, the calling one waits, after the attempt.
     *
     * @param attempt what may arm it; must not throw
     */
    void armBlindly(Duration atMost, Runnable attempt) {
        // To learn that there is no thread to be had takes several collections of garbage.
        long due = System.nanoTime() + Durations.nanos(atMost);
        boolean scheduled = trySchedule(atMost);
        attempt.run();
        if (!scheduled) {
            endAt(due);
        }
    }

    /** False if there is no memory for it. */
    private synchronized boolean trySchedule(Duration atMost) {
        try {
            if (!armed) {
                end.schedule(halt, atMost);
            }
            return true;
        } catch (Throwable noThread) {
            return false;
        }
    }

    private void endAt(long due) {
        while (!isArmed()) {
            long left = due - System.nanoTime();
            if (left <= 0) {
                end();
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    private synchronized boolean isArmed() {
        return armed;
    }

    private void end() {
        process.halt(EXIT_CODE);
    }
}

package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.util.concurrent.Executor;

import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.time.Moments;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * The time of a shutdown, which runs from one base: the warnings while it passes, and what happens when it is up. A process
 * that may be halted is halted then; in one that goes on without the daemon, the rest is given up. Confined to the event loop
 * but
 * for {@link #begin}, {@link #endNow} and {@link #endWithoutMemory}, which any thread may call.
 */
final class Countdown {

    private final FirstCause cause;
    private final Platform platform;
    private final ProcessControl process;
    private final Executor loop;
    private final Moments moments;
    private final KillSwitch killSwitch;
    private final Runnable warning;
    private final Runnable timeUp;

    /**
     * @param cause what the times are counted from and asked of
     * @param warning called on the event loop when half of the time is over, and four fifths
     * @param timeUp called on the event loop when the time is up and the process goes on
     * @param lastWords said when the time is up and the process is halted
     */
    Countdown(FirstCause cause, Platform platform, ProcessControl process, Executor loop, Runnable warning,
            Runnable timeUp, Runnable lastWords) {
        this.cause = cause;
        this.platform = platform;
        this.process = process;
        this.loop = loop;
        this.moments = new Moments(platform.ticker(), platform.timer(), loop);
        this.killSwitch = new KillSwitch(platform, process, lastWords);
        this.warning = warning;
        this.timeUp = timeUp;
    }

    /** Where steps of the shutdown are added after {@link #from}. */
    Moments moments() {
        return moments;
    }

    /** There is a cause: the end comes, whatever becomes of the event loop. */
    void begin() {
        if (process.canHalt()) {
            try {
                arm(cause.latestBase());
            } catch (OutOfMemoryError full) {
                // Armed again with the moments of the shutdown, which must begin all the same: no other cause would count.
            }
        }
    }

    /** Counts from that moment of the ticker; the kill only ever comes sooner by it. Forgets all other moments. */
    void from(long base) {
        moments.clear();
        // Duration divides as a BigDecimal, which takes tens of milliseconds the first time.
        long kill = Nanos.of(cause.killTimeout());
        moments.at(base + kill / 2, warning);
        moments.at(base + kill * 4 / 5, warning);
        if (process.canHalt()) {
            arm(base);
        } else {
            moments.at(base + kill, timeUp);
        }
    }

    /** Nothing is left to wait for, except that a process which is to end may hang after this as well. */
    void subsystemsEnded() {
        if (!process.canHalt()) {
            moments.clear();
        }
    }

    /** The time is up. */
    void endNow() {
        if (process.canHalt()) {
            killSwitch.arm(platform.ticker().nanos());
        } else {
            loop.execute(timeUp);
        }
    }

    /**
     * Ends the process when the graceful time is over, with nothing that takes memory, unless it has an end already or gets
     * one.
     *
     * @param attempt what may give it one; must not throw
     */
    void endWithoutMemory(Runnable attempt) {
        if (process.canHalt()) {
            killSwitch.armBlindly(cause.gracefulTimeout(), attempt);
        } else {
            attempt.run();
        }
    }

    private void arm(long base) {
        killSwitch.arm(base + Nanos.of(cause.killTimeout()));
    }
}

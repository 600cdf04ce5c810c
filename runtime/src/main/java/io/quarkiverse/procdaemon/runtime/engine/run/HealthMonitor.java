package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.HealthCheck;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.loop.TimerQueue;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * Calls the health check of a subsystem again and again while it is RUNNING. The next call waits for the end of the last, also
 * for that of an earlier run. One that does not answer in time is interrupted and counts as a failure, and as one more after
 * each interval that passes until it ends; an answer that comes after that counts for nothing.
 * <p>
 * Intervals are randomly reduced, so that those of many subsystems that started together do not come together: the first, after
 * which they come one after the other, by up to a half; each later one by up to a tenth, which parts those that meet again.
 * <p>
 * Confined to the event loop except where a method says otherwise. Those that learn something return a {@link Verdict}, or null
 * if nothing follows from it.
 */
public final class HealthMonitor {

    /** By what part of itself an interval may be reduced: the first of a run or of new settings, and the others. */
    private static final double FIRST = 0.5;
    private static final double LATER = 0.1;

    private final String subsystem;
    private final HealthCheck probe;
    private final Platform platform;
    private final EventLoop<Message> loop;
    private final ProbeThreads threads;
    private final DoubleSupplier jitter;
    private TimerQueue.Excuses excuses = new TimerQueue.Excuses();
    private @Nullable HealthSettings settings;
    /** The run that is RUNNING; null while there is none. */
    private @Nullable Run run;
    private TimerQueue.@Nullable Timeout<Message> next;
    private TimerQueue.@Nullable Timeout<Message> overdue;
    /** How long the answer is waited for. */
    private @Nullable Duration waits;
    /** The call that has not ended, in whichever run it was made; null if there is none. */
    private volatile @Nullable ProbeCall call;
    /** How many failures it has been so far. */
    private int silences;
    private int unhealthy;

    /**
     * What is to be concluded.
     *
     * @param reason why it is unhealthy
     * @param times how often in a row it was so
     * @param stack where its health check hangs; empty if it does not
     */
    public record Verdict(boolean healthy, String reason, int times, StackTraceElement[] stack) {
    }

    /**
     * @param threads where the health check is called
     * @param jitter a number from 0, included, to 1, excluded, that reduces intervals; called on the event loop
     */
    public HealthMonitor(String subsystem, HealthCheck probe, Platform platform, EventLoop<Message> loop,
            ProbeThreads threads, DoubleSupplier jitter) {
        this.subsystem = subsystem;
        this.probe = probe;
        this.platform = platform;
        this.loop = loop;
        this.threads = threads;
        this.jitter = jitter;
    }

    /** The run is RUNNING from now on. */
    public void begin(Run itsRun, HealthSettings current) {
        run = itsRun;
        settings = current;
        excuses = new TimerQueue.Excuses();
        unhealthy = 0;
        callLater(FIRST);
    }

    /** The run is about to end. A call under way is still interrupted at its timeout. */
    public void end() {
        run = null;
        cancel(next);
        next = null;
        if (silences > 0) {
            cancel(overdue);
        }
    }

    /** The new settings apply from now on; what was counted so far stands. Nothing while it is not RUNNING. */
    public void settingsChanged(HealthSettings changed) {
        if (run == null || changed.equals(settings)) {
            return;
        }
        settings = changed;
        if (isOfThisRun(call)) {
            cancel(overdue);
            expectAnswer();
        } else {
            callLater(FIRST);
        }
    }

    private void callLater(double part) {
        cancel(next);
        long interval = Durations.nanos(settings.interval());
        next = loop.after(Duration.ofNanos(interval - (long) (interval * part * jitter.getAsDouble())),
                new Message.ProbeDue(run));
    }

    private void expectAnswer() {
        waits = silences == 0 ? settings.timeout() : settings.interval();
        overdue = loop.after(waits, new Message.ProbeOverdue(call.run()));
    }

    /** It is time for the next call. */
    public @Nullable Verdict due() {
        ProbeCall earlier = call;
        if (earlier == null) {
            call();
            return null;
        }
        Verdict verdict = excuses.accept(late(next), Durations.nanos(settings.interval())) ? null
                : judge(false, "no answer: the health check of generation " + earlier.run().number() + " has not returned yet");
        callLater(LATER);
        return verdict;
    }

    private void call() {
        ProbeCall made = new ProbeCall(run, probe, loop, platform.clock().nanos());
        call = made;
        silences = 0;
        expectAnswer();
        try {
            threads.begin(made);
        } catch (Throwable noThread) {
            made.fail(noThread);
        }
    }

    /** The call that was made in that run has not answered in time. */
    public @Nullable Verdict overdue(Run itsRun) {
        ProbeCall silent = call;
        if (silent == null || silent.run() != itsRun) {
            return null;
        }
        if (!isOfThisRun(silent)) {
            giveUp(silent);
            return null;
        }
        long now = platform.clock().nanos();
        long late = silences == 0 ? Math.max(late(overdue), silent.waited(now)) : late(overdue);
        if (excuses.accept(late, Durations.nanos(waits))) {
            expectAnswer();
            return null;
        }
        String reason = silences == 0 ? "no answer within " + Durations.text(waits)
                : "no answer for " + Durations.text(Duration.ofNanos(now - silent.made()))
                        + "; its health check was interrupted and has not returned";
        silences++;
        Verdict verdict = judge(false, reason);
        if (silences == 1) {
            giveUp(silent);
        }
        if (call != null) {
            expectAnswer();
        }
        return verdict;
    }

    /** On a thread of its own, because an interrupt closes channels and a cancellation calls back. */
    private void giveUp(ProbeCall silent) {
        silent.giveUp();
        if (threads.giveUp(silent)) {
            silent.fail(new IllegalStateException("there was no thread for it"));
        } else {
            platform.threads().startOrRun(subsystem + "-interrupt", silent::interrupt);
        }
    }

    /** A call has ended, perhaps one of a run that has ended. */
    public @Nullable Verdict answered() {
        ProbeCall answered = call;
        call = null;
        cancel(overdue);
        excuses.alive();
        if (!isOfThisRun(answered)) {
            return null;
        }
        Verdict verdict = silences == 0 ? judge(answered.isHealthy(), answered.reason()) : null;
        callLater(LATER);
        return verdict;
    }

    private @Nullable Verdict judge(boolean healthy, String reason) {
        unhealthy = healthy ? 0 : unhealthy + 1;
        ProbeCall now = call;
        return healthy || unhealthy >= settings.failures()
                ? new Verdict(healthy, healthy ? "" : reason, unhealthy, now == null ? ProbeCall.NO_STACK : now.stack())
                : null;
    }

    private boolean isOfThisRun(@Nullable ProbeCall some) {
        return some != null && run != null && some.run() == run;
    }

    private long late(TimerQueue.Timeout<Message> armed) {
        return platform.clock().nanos() - armed.due();
    }

    private static void cancel(TimerQueue.@Nullable Timeout<Message> armed) {
        if (armed != null) {
            armed.cancel();
        }
    }

    /** Waits, so many nanoseconds at most, until its call has returned if it was made just now. Any thread may call this. */
    public void awaitReturn(long nanos) {
        ProbeCall now = call;
        if (now != null) {
            now.awaitLeft(nanos);
        }
    }

    /** Counts a call as ended whose thread waits for the end of the process. Any thread may call this. */
    public void leaveWhatExits(Predicate<StackTraceElement[]> exits) {
        ProbeCall now = call;
        if (now != null) {
            now.leaveIfItExits(exits);
        }
    }

    /** Which call has not returned, in words; empty if none. Any thread may call this. */
    public String unreturned() {
        ProbeCall now = call;
        return now == null || !now.isRunning() ? ""
                : "the health check of generation " + now.run().number() + " has not returned";
    }
}

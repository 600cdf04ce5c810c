package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Platform;
import io.quarkiverse.procdaemon.runtime.engine.listen.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.sequence.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.sequence.StopSequence;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Supervisor;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * The one shutdown of a daemon. The first cause fixes reason and exit code; from it on the kill switch is armed, so that the
 * end comes whatever happens. Then the application ends in its own order and has the subsystems stopped when it is their turn;
 * if that turn does not come, they are stopped without it.
 * <p>
 * All moments count from one {@code base}: the first cause, or later by what {@link #allow} allows, and it only ever moves
 * forward. Any thread may call the public methods but {@link #stopNow()} and {@link #allDown()}; the fields that are neither
 * final nor volatile are confined to the mailbox.
 */
public final class ShutdownCoordinator {

    private static final ShutdownReason OUT_OF_MEMORY = new ShutdownReason.ResourceExhausted("memory");

    private final String daemon;
    private final Platform platform;
    private final ProcessControl process;
    private final Supervisor supervisor;
    private final Dispatcher dispatcher;
    private final BooleanSupplier starting;
    private final Consumer<ShutdownReason> stopping;
    private final StopSequence stop;
    private final KillSwitch killSwitch;
    private final LastWords lastWords;
    private final AtomicReference<Cause> cause = new AtomicReference<>();
    private final AtomicInteger signals = new AtomicInteger();
    private final List<Timer.Timeout> pending = new ArrayList<>(3);
    private volatile ShutdownTimeouts timeouts;
    private volatile Duration allowance = Duration.ZERO;
    private volatile RollCall roll;
    /** How long it took until all subsystems had ended; null before. */
    private volatile Duration took;
    private volatile ShutdownReport report;

    /**
     * @param starting whether the daemon has not started yet, so that the application cannot be waited for; asked in the
     *        mailbox
     * @param stopping told in the mailbox when the subsystems are about to stop
     */
    public ShutdownCoordinator(String daemon, Platform platform, ProcessControl process, ShutdownTimeouts timeouts,
            Supervisor supervisor, Dispatcher dispatcher, BooleanSupplier starting, Consumer<ShutdownReason> stopping) {
        this.daemon = daemon;
        this.platform = platform;
        this.process = process;
        this.timeouts = timeouts;
        this.supervisor = supervisor;
        this.dispatcher = dispatcher;
        this.starting = starting;
        this.stopping = stopping;
        this.stop = new StopSequence(supervisor, platform.ticker(), platform.timer());
        this.killSwitch = new KillSwitch(platform, process, this::timeUp);
        this.lastWords = new LastWords(platform.threads(), dispatcher, process);
    }

    /** What holds for a shutdown that has not begun yet, and for subsystems that stop before it. */
    public void timeouts(ShutdownTimeouts next) {
        timeouts = next;
        stop.prepare(next);
    }

    /** How long the application may take, by its own configuration, before it comes to the subsystems. */
    public void allow(Duration time) {
        allowance = time;
    }

    /** Whether there was a cause. */
    public boolean hasBegun() {
        return cause.get() != null;
    }

    /** Whether the subsystems have been told to stop, as far as the mailbox knows; to be asked there. */
    public boolean isStopping() {
        return stop.hasBegun();
    }

    /** The exit code that the first cause fixed; empty if there was none yet, or it left that to others. */
    public OptionalInt exitCode() {
        Cause first = cause.get();
        return first == null ? OptionalInt.empty() : first.exitCode();
    }

    /** How the shutdown went; null before its end. */
    public ShutdownReport report() {
        if (took == null) {
            return null;
        }
        synchronized (cause) {
            if (report == null) {
                report = roll.report(daemon, cause.get(), took, false);
            }
            return report;
        }
    }

    /**
     * Ends the process in order; nothing if it is ending already.
     *
     * @throws DaemonStateException if there is no such exit code
     */
    public void request(int code, ShutdownReason reason) {
        if (code < 0 || code > 255) {
            throw new DaemonStateException(ErrorCode.WRONG_STATE,
                    "the exit code " + code + " is none a process can have; use 0 to 255");
        }
        begin(reason, OptionalInt.of(code), () -> process.exit(code));
    }

    /** A signal to end: the first begins a shutdown, the second ends its graceful time, the third kills. */
    public void signalled(ShutdownReason.Signal signal, int code) {
        switch (signals.incrementAndGet()) {
            case 1 -> begin(signal, OptionalInt.of(code), () -> process.exitNow(code));
            case 2 -> supervisor.post(this::hurry);
            default -> killSwitch.arm(platform.ticker().nanos());
        }
    }

    /** The application or the JVM is ending by itself; nothing if the shutdown had begun already. */
    public void begin(ShutdownReason reason, OptionalInt code) {
        begin(reason, code, null);
    }

    private void begin(ShutdownReason reason, OptionalInt code, Runnable exit) {
        Cause first = new Cause(reason, code, platform.ticker().now(), platform.ticker().nanos(), timeouts);
        if (!cause.compareAndSet(null, first)) {
            return;
        }
        arm(latestBase());
        if (exit != null) {
            platform.threads().startOrRun("proc-daemon-exit", exit);
        }
        supervisor.post(this::begun);
    }

    /** It is the subsystems' turn. The reason counts if there was none before. */
    public void stop(ShutdownReason reason) {
        begin(reason, OptionalInt.empty());
        supervisor.post(this::stopNow);
    }

    /**
     * Waits until all subsystems have ended.
     *
     * @return false if they have not though the time is up
     */
    public boolean await(Duration margin) throws InterruptedException {
        return stop.await((hasBegun() ? cause.get().timeouts() : timeouts).kill().plus(allowance).plus(margin));
    }

    /** There is no memory left to work with. Does what can be done with what is there: a shutdown, or at least an end. */
    public void outOfMemory() {
        killSwitch.armBlindly(timeouts.kill());
        try {
            request(1, OUT_OF_MEMORY);
        } catch (Throwable again) {
            // The kill switch needs none.
        }
    }

    /** All subsystems have ended. Called in the mailbox. */
    public void allDown() {
        took = sinceBegun();
        // A process that is to end may hang after this as well.
        if (!process.canHalt()) {
            killSwitch.disarm();
            cancelPending();
        }
        // Whoever waits for the end closes the dispatcher next.
        dispatcher.tell(listener -> listener.shutdownEnded(report()));
        stop.allDown();
    }

    /** From when the moments count as long as the subsystems' turn has not come. */
    private long latestBase() {
        return cause.get().nanos() + allowance.toNanos();
    }

    private void begun() {
        if (roll != null) {
            return;
        }
        Cause first = cause.get();
        roll = new RollCall(supervisor.family());
        dispatcher.tell(listener -> listener.shutdownBegan(daemon, first.reason(), first.exitCode()));
        if (starting.getAsBoolean()) {
            stopNow();
        } else {
            long base = latestBase();
            schedule(base);
            at(base, first.timeouts().graceful().multipliedBy(3).dividedBy(4), this::stopWithoutApplication);
        }
    }

    /** It is the subsystems' turn. Called in the mailbox, after a cause was given. */
    public void stopNow() {
        // Whoever asks for the stop may be ahead of the one who gave the cause.
        begun();
        if (stop.hasBegun()) {
            return;
        }
        Cause first = cause.get();
        long latest = latestBase();
        long now = platform.ticker().nanos();
        long base = now - latest < 0 ? now : latest;
        roll = roll.completed(supervisor.family());
        stopping.accept(first.reason());
        schedule(base);
        stop.begin(first.reason(), first.timeouts(), base);
    }

    private void stopWithoutApplication() {
        if (!stop.hasBegun()) {
            delayed();
            stopNow();
            exitCode().ifPresent(
                    code -> platform.threads().startOrRun("proc-daemon-exit-now", () -> process.exitNow(code)));
        }
    }

    private void hurry() {
        stopNow();
        long base = platform.ticker().nanos() - cause.get().timeouts().graceful().toNanos();
        schedule(base);
        stop.hurry(base);
    }

    private void arm(long base) {
        killSwitch.arm(base + cause.get().timeouts().kill().toNanos());
    }

    private void schedule(long base) {
        arm(base);
        cancelPending();
        Duration kill = cause.get().timeouts().kill();
        at(base, kill.dividedBy(2), this::delayed);
        at(base, kill.multipliedBy(4).dividedBy(5), this::delayed);
    }

    private void at(long base, Duration moment, Runnable step) {
        Duration delay = new Deadline(platform.ticker(), base + moment.toNanos()).remaining();
        pending.add(platform.timer().schedule(() -> supervisor.post(step), delay));
    }

    private void cancelPending() {
        pending.forEach(Timer.Timeout::cancel);
        pending.clear();
    }

    private void delayed() {
        if (took != null && !process.canHalt()) {
            // The moment came when the end had just been reached, and nothing is left to hold up.
            return;
        }
        // Before it is their turn no subsystem holds anything up.
        List<String> held = Holders.of(stop.hasBegun() ? roll.active() : List.of());
        lastWords.delayed(daemon, sinceBegun(), held, took != null);
    }

    private void timeUp() {
        if (process.canHalt()) {
            lastWords.say(this::killed);
        } else {
            supervisor.post(() -> {
                stopNow();
                stop.giveUp();
            });
        }
    }

    /** A supervisor that is stuck may not have called the roll. */
    private ShutdownReport killed() {
        RollCall called = roll;
        return (called == null ? new RollCall(supervisor.family()) : called).report(daemon, cause.get(), sinceBegun(), true);
    }

    private Duration sinceBegun() {
        return Duration.ofNanos(platform.ticker().nanos() - cause.get().nanos());
    }
}

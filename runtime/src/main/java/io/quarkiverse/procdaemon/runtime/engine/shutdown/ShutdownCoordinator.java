package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
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
import io.quarkiverse.procdaemon.runtime.engine.time.Moments;

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
    private final Moments moments;
    private final StopSequence stop;
    private final Countdown countdown;
    private final LastWords lastWords;
    private final FirstCause cause;
    private final Account account;
    private final AtomicInteger signals = new AtomicInteger();
    /** Made beforehand. */
    private final Runnable endWithoutMemory = this::endWithoutMemory;

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
        this.supervisor = supervisor;
        this.dispatcher = dispatcher;
        this.starting = starting;
        this.stopping = stopping;
        this.lastWords = new LastWords(platform.threads(), dispatcher, process);
        this.cause = new FirstCause(platform.ticker(), timeouts);
        this.account = new Account(daemon, supervisor.family(), platform.ticker(), cause::get);
        this.countdown = new Countdown(cause, platform, process, supervisor::post, this::delayed, this::giveUp,
                () -> lastWords.say(account::killed));
        this.moments = countdown.moments();
        this.stop = new StopSequence(supervisor, platform.ticker(), moments);
    }

    /** What holds for a shutdown that has not begun yet, and for subsystems that stop before it. */
    public void timeouts(ShutdownTimeouts next) {
        cause.timeouts(next);
        stop.prepare(next);
    }

    /** How long the application may take, by its own configuration, before it comes to the subsystems. */
    public void allow(Duration time) {
        cause.allow(time);
    }

    /** Whether there was a cause. */
    public boolean hasBegun() {
        return cause.isGiven();
    }

    /** Whether the subsystems have been told to stop, as far as the mailbox knows; to be asked there. */
    public boolean isStopping() {
        return stop.hasBegun();
    }

    /** The exit code that the first cause fixed; empty if there was none yet, or it left that to others. */
    public OptionalInt exitCode() {
        return cause.exitCode();
    }

    /** How the shutdown went; null before its end. */
    public ShutdownReport report() {
        return account.report();
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
            default -> countdown.endNow();
        }
    }

    /** The application or the JVM is ending by itself; nothing if the shutdown had begun already. */
    public void begin(ShutdownReason reason, OptionalInt code) {
        begin(reason, code, null);
    }

    private void begin(ShutdownReason reason, OptionalInt code, Runnable exit) {
        if (isFirst(reason, code)) {
            if (exit != null) {
                platform.threads().startOrRun("proc-daemon-exit", exit);
            }
            supervisor.post(this::begun);
        }
    }

    private boolean isFirst(ShutdownReason reason, OptionalInt code) {
        boolean first = cause.give(reason, code);
        if (first) {
            countdown.begin();
        }
        return first;
    }

    /**
     * It is the subsystems' turn. The reason counts if there was none before. Who calls this has to {@link #await}: the moments
     * have no timer before.
     */
    public void stop(ShutdownReason reason) {
        isFirst(reason, OptionalInt.empty());
        supervisor.post(() -> {
            if (takeTurn()) {
                moments.awaitLater();
            }
        });
    }

    /**
     * Waits until all subsystems have ended.
     *
     * @return false if they have not though the time is up
     */
    public boolean await(Duration margin) throws InterruptedException {
        return awaitSlack() || stop.await(cause.total().plus(margin));
    }

    private boolean awaitSlack() throws InterruptedException {
        try {
            return stop.await(platform.timer().slack());
        } finally {
            supervisor.post(moments::settle);
        }
    }

    /**
     * A message has been worked off: those who call {@link #await} may have been kept from it by many. Called in the mailbox.
     */
    public void review() {
        moments.review();
    }

    /**
     * There is no memory left to work with. Does what can be done with what is there: a shutdown, or at least an end, when
     * the graceful time is over.
     */
    public void outOfMemory() {
        countdown.endWithoutMemory(endWithoutMemory);
    }

    private void endWithoutMemory() {
        try {
            request(1, OUT_OF_MEMORY);
        } catch (Throwable again) {
            // The kill switch needs none.
        }
    }

    /** All subsystems have ended. Called in the mailbox. */
    public void allDown() {
        account.close();
        countdown.subsystemsEnded();
        // Whoever waits for the end closes the dispatcher next.
        dispatcher.tell(listener -> listener.shutdownEnded(report()));
        stop.allDown();
    }

    private void begun() {
        if (account.isOpen()) {
            return;
        }
        open();
        if (starting.getAsBoolean()) {
            stopNow();
        } else {
            long base = cause.latestBase();
            countdown.from(base);
            long graceful = cause.get().timeouts().graceful().toNanos();
            moments.at(base + graceful * 3 / 4, this::stopWithoutApplication);
            moments.await();
        }
    }

    private void open() {
        account.open();
        Cause first = cause.get();
        dispatcher.tell(listener -> listener.shutdownBegan(daemon, first.reason(), first.exitCode()));
    }

    /** It is the subsystems' turn. Called in the mailbox, after a cause was given. */
    public void stopNow() {
        if (takeTurn()) {
            moments.await();
        }
    }

    private boolean takeTurn() {
        if (stop.hasBegun()) {
            return false;
        }
        if (account.isOpen()) {
            account.complete();
        } else {
            // Whoever asks for the stop may be ahead of the one who gave the cause.
            open();
        }
        Cause first = cause.get();
        long latest = cause.latestBase();
        long now = platform.ticker().nanos();
        long base = now - latest < 0 ? now : latest;
        stopping.accept(first.reason());
        countdown.from(base);
        stop.begin(first.reason(), first.timeouts(), base);
        return true;
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
        countdown.from(base);
        stop.hurry(base);
        moments.await();
    }

    /** The time is up in a process that goes on without the daemon. */
    private void giveUp() {
        stopNow();
        stop.giveUp();
    }

    private void delayed() {
        if (account.isClosed() && !process.canHalt()) {
            // The moment came when the end had just been reached, and nothing is left to hold up.
            return;
        }
        // Before it is their turn no subsystem holds anything up.
        List<String> held = Holders.of(stop.hasBegun() ? account.active() : List.of());
        lastWords.delayed(daemon, account.sinceBegun(), held, account.isClosed());
    }
}

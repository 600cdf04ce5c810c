package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.events.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Node;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;
import io.quarkiverse.procdaemon.runtime.engine.time.Moments;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * How the shutdown goes on once there is a cause: the application ends in its own order until it is the subsystems' turn; if
 * that does not come, they are stopped without it.
 * <p>
 * All moments count from one base: the first cause, or later by what it allows, and it only ever moves forward. Confined to the
 * event loop but for {@link #await}, {@link #prepare} and {@link #countdown()}.
 */
final class Course {

    /** Most shutdowns are over before. */
    private static final long FIRST_LOOK = Duration.ofMillis(50).toNanos();
    private static final long LAST_LOOK = Duration.ofSeconds(1).toNanos();

    private final String daemon;
    private final Platform platform;
    private final ProcessControl process;
    private final Dispatcher dispatcher;
    private final FirstCause cause;
    private final Account account;
    private final BooleanSupplier starting;
    private final Consumer<ShutdownReason> stopping;
    private final Executor loop;
    private final LastWords lastWords;
    private final Countdown countdown;
    private final Moments moments;
    private final StopSequence stop;
    /** Linked before the shutdown, as all that it needs. */
    private final Runnable beginToLook = this::beginToLook;
    private final Runnable look = this::look;
    private final Predicate<StackTraceElement[]> exits;
    private boolean looking;
    private long nextLook;

    /**
     * @param exits whether a thread with that stack waits for the end of the process
     * @param starting whether the daemon has not started yet, so that the application cannot be waited for
     * @param stopping told when the subsystems are about to stop
     */
    Course(String daemon, Platform platform, ProcessControl process, Supervisor supervisor, Dispatcher dispatcher,
            FirstCause cause, Account account, Predicate<StackTraceElement[]> exits, BooleanSupplier starting,
            Consumer<ShutdownReason> stopping) {
        this.daemon = daemon;
        this.platform = platform;
        this.process = process;
        this.dispatcher = dispatcher;
        this.cause = cause;
        this.account = account;
        this.starting = starting;
        this.stopping = stopping;
        this.loop = supervisor::post;
        this.lastWords = new LastWords(platform.threads(), dispatcher, process, platform.mask());
        this.countdown = new Countdown(cause, platform, process, loop, this::delayed, this::giveUp,
                () -> lastWords.say(account::killed));
        this.moments = countdown.moments();
        this.exits = exits;
        this.stop = new StopSequence(supervisor, platform.ticker(), moments);
    }

    /** The time it takes. */
    Countdown countdown() {
        return countdown;
    }

    /** By what subsystems stop that do so alone, until all do. */
    void prepare(ShutdownTimeouts next) {
        stop.prepare(next);
    }

    /** Whether the subsystems have been told to stop. */
    boolean isStopping() {
        return stop.hasBegun();
    }

    /** Whether all subsystems have ended; any thread may call this. */
    boolean isOver() {
        return stop.isOver();
    }

    /** There is a cause; the application is ending, or cannot be waited for. */
    void begin() {
        if (account.isOpen()) {
            return;
        }
        open();
        if (starting.getAsBoolean()) {
            stopNow();
        } else {
            long base = cause.latestBase();
            countdown.from(base);
            long graceful = Nanos.of(cause.get().timeouts().graceful());
            moments.at(base + graceful * 3 / 4, this::stopWithoutApplication);
            moments.await();
        }
    }

    private void open() {
        account.open();
        Cause first = cause.get();
        dispatcher.tell(listener -> listener.shutdownBegan(daemon, first.reason(), first.exitCode()));
    }

    /** It is the subsystems' turn. */
    void stopNow() {
        if (stop.hasBegun()) {
            return;
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
        lookLater(FIRST_LOOK);
        moments.await();
    }

    /**
     * Waits until all subsystems have ended.
     *
     * @return false if they have not though the time is up
     */
    boolean await(Duration atMost) throws InterruptedException {
        return stop.await(atMost);
    }

    /**
     * The process is ending, and its caller waits for that: a run in which it waits must not be waited for in turn. Any thread.
     */
    void lookForExits() {
        loop.execute(beginToLook);
    }

    private void beginToLook() {
        if (!looking) {
            looking = true;
            if (stop.hasBegun()) {
                lookLater(FIRST_LOOK);
                moments.await();
            }
        }
    }

    private void lookLater(long delay) {
        if (looking) {
            nextLook = delay;
            moments.at(platform.ticker().nanos() + delay, look);
        }
    }

    /** Ever more seldom, since there may be many. */
    private void look() {
        if (!account.isClosed()) {
            for (Node node : account.active()) {
                node.lifecycle().generation().leaveWhatExits(exits);
            }
            lookLater(Math.min(2 * nextLook, LAST_LOOK));
            moments.await();
        }
    }

    private void stopWithoutApplication() {
        if (!stop.hasBegun()) {
            delayed();
            stopNow();
            OptionalInt code = cause.exitCode();
            code.ifPresent(exit -> platform.threads().startOrRun("proc-daemon-exit-now", () -> process.exitNow(exit)));
        }
    }

    /** The graceful time is over from now on, because this signal came as one more order. */
    void hurry(ShutdownReason.Signal signal) {
        Duration after = account.sinceBegun();
        dispatcher.tell(listener -> listener.shutdownHurried(daemon, signal, after));
        stopNow();
        long base = platform.ticker().nanos() - Nanos.of(cause.get().timeouts().graceful());
        countdown.from(base);
        stop.hurry(base);
        lookLater(FIRST_LOOK);
        moments.await();
    }

    /** The time is up in a process that goes on without the daemon. */
    private void giveUp() {
        stopNow();
        stop.giveUp();
    }

    /** All subsystems have ended. */
    void allDown() {
        account.close();
        countdown.subsystemsEnded();
        // Whoever waits for the end closes the dispatcher next.
        dispatcher.tell(listener -> listener.shutdownEnded(account.report()));
        stop.allDown();
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

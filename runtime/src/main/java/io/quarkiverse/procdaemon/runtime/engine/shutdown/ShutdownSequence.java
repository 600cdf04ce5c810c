package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.events.News;
import io.quarkiverse.procdaemon.runtime.engine.events.ReasonText;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.loop.TimerQueue;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownStep.Kind;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ManagedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * How one shutdown goes on once it was requested: the application ends in its own order until it is the subsystems' turn; if
 * that does not come, they are stopped without it. All moments count from one base: the request, or later by what that allows,
 * and it only ever moves forward. Confined to the event loop but for {@link #await} and {@link #isOver}.
 */
final class ShutdownSequence {

    private final String daemon;
    private final Platform platform;
    private final EventLoop<Message> loop;
    private final ProcessControl process;
    private final Supervisor supervisor;
    private final EventBus events;
    private final DaemonStatus status;
    private final FirstRequest request;
    private final ShutdownAccount account;
    private final FinalReport finalReport;
    private final KillSwitch killSwitch;
    private final ExitLook exitLook;
    private final List<TimerQueue.Timeout<Message>> timeline = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean stopping;

    ShutdownSequence(String daemon, Platform platform, EventLoop<Message> loop, ProcessControl process, Supervisor supervisor,
            EventBus events, DaemonStatus status, FirstRequest request, ShutdownAccount account,
            Predicate<StackTraceElement[]> exits) {
        this.daemon = daemon;
        this.platform = platform;
        this.loop = loop;
        this.process = process;
        this.supervisor = supervisor;
        this.events = events;
        this.status = status;
        this.request = request;
        this.account = account;
        this.finalReport = new FinalReport(platform.threads(), events, process, platform.mask());
        // Linked now: by the time it is needed that may not be possible any more.
        Supplier<ShutdownReport> killed = account::killed;
        this.killSwitch = new KillSwitch(platform, process, () -> finalReport.say(killed));
        this.exitLook = new ExitLook(account, exits);
    }

    Supervisor supervisor() {
        return supervisor;
    }

    KillSwitch killSwitch() {
        return killSwitch;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether all subsystems have ended. Any thread may call this. */
    boolean isOver() {
        return over.getCount() == 0;
    }

    boolean await(Duration atMost) {
        return Uninterrupted.await(over, Durations.nanos(atMost));
    }

    void begin() {
        if (account.isOpen()) {
            return;
        }
        open();
        if (!status.hasStarted()) {
            stopSubsystems();
        } else {
            long base = request.latestBase();
            countFrom(base);
            at(base + graceful() * 3 / 4, Kind.STOP_WITHOUT_APPLICATION);
        }
    }

    private void open() {
        account.open();
        events.tell(new News.ShutdownBegan(daemon, request.get().reason(), request.exitCode(), request.get().duringStart()));
    }

    /** Forgets all other moments. The kill only ever comes sooner by it. */
    private void countFrom(long base) {
        clearTimeline();
        // Duration divides as a BigDecimal, which takes tens of milliseconds the first time.
        long kill = Durations.nanos(request.killTimeout());
        if (process.canHalt()) {
            killSwitch.arm(base + kill);
        } else {
            at(base + kill, Kind.TIME_IS_UP);
        }
        at(base + kill / 2, Kind.WARN);
        at(base + kill * 4 / 5, Kind.WARN);
    }

    private void clearTimeline() {
        for (TimerQueue.Timeout<Message> moment : timeline) {
            moment.cancel();
        }
        timeline.clear();
    }

    private void at(long moment, Kind step) {
        timeline.add(loop.at(moment, new ShutdownStep(this, step)));
    }

    void post(Kind step) {
        loop.post(new ShutdownStep(this, step));
    }

    /** It is the subsystems' turn. Nothing if it was before. */
    void stopSubsystems() {
        if (stopping) {
            return;
        }
        if (account.isOpen()) {
            account.complete();
        } else {
            open();
        }
        ShutdownRequest first = request.get();
        long latest = request.latestBase();
        long now = platform.clock().nanos();
        long base = now - latest < 0 ? now : latest;
        status.stopping();
        status.startFailed(new DaemonStateException(ErrorCode.WRONG_STATE,
                "the daemon does not start because it is shutting down: " + ReasonText.of(first.reason())));
        countFrom(base);
        escalateFrom(base);
        supervisor.stopAll(first.reason(), base + graceful());
        // Last: what throws before is tried again.
        stopping = true;
        lookIn(exitLook.first());
    }

    private void escalateFrom(long base) {
        if (!isOver()) {
            at(base + graceful(), Kind.INTERRUPT_ALL);
            at(base + Durations.nanos(request.get().timeouts().force()), Kind.ABANDON_ALL);
        }
    }

    private long graceful() {
        return Durations.nanos(request.get().timeouts().graceful());
    }

    void stopWithoutApplication() {
        if (!stopping) {
            stopSubsystems();
            // A message of its own behind that: to look at all threads takes time that the subsystems need.
            at(platform.clock().nanos(), Kind.WARN_OF_APPLICATION);
            if (request.exitCode().isPresent()) {
                platform.threads().startOrRun("proc-daemon-exit-now", new ExitNow(process, request.exitCode().getAsInt()));
            }
        }
    }

    /** The graceful time is over from now on, because this signal came as one more order. */
    void hurry(ShutdownReason.Signal signal) {
        events.tell(new News.ShutdownHurried(daemon, signal, account.sinceBegun()));
        stopSubsystems();
        long base = platform.clock().nanos() - graceful();
        countFrom(base);
        supervisor.interruptAt(base + graceful());
        escalateFrom(base);
        lookIn(exitLook.first());
    }

    /** The time is up: the process is halted or, if it is not to be, all that still runs is given up. Any thread. */
    void endNow() {
        if (process.canHalt()) {
            killSwitch.arm(platform.clock().nanos());
        } else {
            post(Kind.TIME_IS_UP);
        }
    }

    /** Each by a message of its own: to abandon one lets those below it be asked to stop, and then they are abandoned, too. */
    void timeIsUp() {
        supervisor.escalation().abandonAll();
        stopSubsystems();
        for (ManagedSubsystem subsystem : supervisor.registry().inStopOrder()) {
            loop.post(new ShutdownStep.Abandonment(supervisor, subsystem));
        }
    }

    /** All subsystems have ended. */
    void allDown() {
        if (isOver()) {
            return;
        }
        account.close();
        status.stopped();
        if (!process.canHalt()) {
            clearTimeline();
        }
        // The thread that waits for the end closes the event bus next.
        events.tell(new News.ShutdownEnded(account.report()));
        over.countDown();
    }

    void warn(boolean ofSubsystems) {
        finalReport.delayed(daemon, account.sinceBegun(), Blockers.of(ofSubsystems ? account.active() : List.of()),
                account.isClosed());
    }

    /** The process is ending. */
    void lookForExits() {
        if (exitLook.begin() && stopping) {
            lookIn(exitLook.first());
        }
    }

    private void lookIn(long delay) {
        if (delay >= 0) {
            at(platform.clock().nanos() + delay, Kind.LOOK);
        }
    }

    void look() {
        lookIn(exitLook.look());
    }
}

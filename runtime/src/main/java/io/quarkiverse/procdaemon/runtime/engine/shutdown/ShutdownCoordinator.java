package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownStep.Kind;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * Where all requests for the one shutdown arrive; if the application goes on after it, there can be another. The first request
 * fixes reason and exit code, arms the kill switch, so that the end comes whatever happens, and begins the shutdown. Any thread
 * may call the public methods, except where they say otherwise.
 */
public final class ShutdownCoordinator {

    private static final Logger LOG = Logger.getLogger(ShutdownCoordinator.class);
    private static final ShutdownReason OUT_OF_MEMORY = new ShutdownReason.ResourceExhausted("memory");

    private final String daemon;
    private final Platform platform;
    private final EventLoop<Message> loop;
    private final ProcessControl process;
    private final Supervisor supervisor;
    private final EventBus events;
    private final DaemonStatus status;
    private volatile Attempt attempt;
    /** How the shutdown before went, which has been undone; null if there was none. */
    private volatile @Nullable ShutdownReport undone;
    /** Whether the application itself is ending, after which there is nothing more; guarded by this. */
    private boolean ending;
    private final SignalOrders orders;
    private final Runnable endWithoutMemory = this::endWithoutMemory;

    public ShutdownCoordinator(String daemon, Platform platform, EventLoop<Message> loop, ProcessControl process,
            ShutdownTimeouts timeouts, Supervisor supervisor, EventBus events, DaemonStatus status) {
        this.daemon = daemon;
        this.platform = platform;
        this.loop = loop;
        this.process = process;
        this.supervisor = supervisor;
        this.events = events;
        this.status = status;
        this.orders = new SignalOrders(platform.clock());
        this.attempt = attempt(new FirstRequest(platform.clock(), status, timeouts));
    }

    private record Attempt(FirstRequest request, ShutdownAccount account, ShutdownSequence sequence) {
    }

    private Attempt attempt(FirstRequest request) {
        Predicate<StackTraceElement[]> exits = stack -> request.isExit(process, stack);
        ShutdownAccount account = new ShutdownAccount(daemon, supervisor.registry(), platform.clock(), request, orders, exits);
        return new Attempt(request, account, new ShutdownSequence(daemon, platform, loop, process, supervisor, events, status,
                request, account, exits));
    }

    /** Forgets the shutdown if it is over and the application goes on; whether it did. Called on the event loop. */
    public boolean undo() {
        synchronized (this) {
            if (ending || !process.outlivesDaemon() || !attempt.sequence.isOver()) {
                return false;
            }
            undone = attempt.account.report();
            attempt = attempt(attempt.request.forNextShutdown());
        }
        supervisor.grace(attempt.request.grace());
        supervisor.reopen();
        return true;
    }

    /** What holds for a shutdown that has not begun yet, and for subsystems that stop before it. */
    public void timeouts(ShutdownTimeouts next) {
        Attempt now = attempt;
        now.request.timeouts(next);
        loop.post((Message.Step) () -> {
            if (!now.sequence.isStopping()) {
                supervisor.grace(next.grace());
            }
        });
    }

    /** How long the application may take before it is the subsystems' turn. */
    public void allow(Duration time) {
        attempt.request.allow(time);
    }

    public boolean hasBegun() {
        return attempt.request.isGiven();
    }

    /** Whether the subsystems have been asked to stop. Called on the event loop. */
    public boolean isStopping() {
        return attempt.sequence.isStopping();
    }

    /** The exit code that the first cause fixed; empty if there was none yet, or it left that to others. */
    public OptionalInt exitCode() {
        return attempt.request.exitCode();
    }

    /** How the shutdown went, or before its end one that was undone; null if there was none. */
    public @Nullable ShutdownReport report() {
        ShutdownReport now = attempt.account.report();
        return now == null ? undone : now;
    }

    /** Ends the process in order; nothing if it is ending already. An impossible exit code is an IllegalArgumentException. */
    public void request(int code, ShutdownReason reason) {
        request(code, reason, reason instanceof ShutdownReason.SubsystemFailed);
    }

    /** @param isFailure whether something has failed: then the outcome is FAILED, however well the subsystems stop */
    public void request(int code, ShutdownReason reason, boolean isFailure) {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("no process can have the exit code " + code + "; use 0 to 255");
        }
        Attempt now = attempt;
        if (!now.request.isGiven()) {
            ExitOrder order = new ExitOrder(now.request, now.sequence, process, reason, code, isFailure);
            // First: a caller whose stack ends here must not leave half of it.
            loop.post(order);
            order.give();
        }
    }

    /**
     * A signal to end: the first begins a shutdown, the second ends its graceful time, the third kills. One that comes within a
     * second of the last that counted is the same order, and does nothing.
     */
    public void signalled(ShutdownReason.Signal signal, int code) {
        switch (orders.count(signal)) {
            case 0 -> LOG.debugf("The signal %s came within a second of the last one and is the same order", signal.name());
            case 1 -> begin(signal, OptionalInt.of(code), false, new ExitNow(process, code));
            case 2 -> loop.post(new ShutdownStep.Hurry(attempt.sequence, signal));
            default -> attempt.sequence.endNow();
        }
    }

    /** The application is ending by itself; nothing if the shutdown had begun already. */
    public void begin(ShutdownReason reason, OptionalInt code) {
        begin(reason, code, reason instanceof ShutdownReason.SubsystemFailed, null);
    }

    /** The same after a failure outside the subsystems: the outcome is FAILED, however well they stop. */
    public void fail(ShutdownReason reason, OptionalInt code) {
        begin(reason, code, true, null);
    }

    /**
     * The JVM is ending; nothing if the shutdown had begun already, but for the exit code, which is not known any more.
     *
     * @param isOrdered whether the daemon itself has it end, with the exit code that is known
     */
    public void endOfJvm(ShutdownReason reason, boolean isOrdered) {
        begin(reason, OptionalInt.empty());
        Attempt now = attempt;
        if (!isOrdered && !now.account.isClosed()) {
            now.request.forgetExitCode();
        }
        processEnds();
    }

    /** The process or the application ends: what waits for that inside a subsystem is not waited for. */
    public void processEnds() {
        attempt.sequence.post(Kind.LOOK_FOR_EXITS);
    }

    private void begin(ShutdownReason reason, OptionalInt code, boolean isFailure, @Nullable Runnable exit) {
        Attempt now = attempt;
        if (isFirst(now, reason, code, isFailure)) {
            if (exit != null) {
                platform.threads().startOrRun("proc-daemon-exit", exit);
            }
            now.sequence.post(Kind.BEGIN);
        }
    }

    private boolean isFirst(Attempt now, ShutdownReason reason, OptionalInt code, boolean isFailure) {
        if (!now.request.give(reason, code, isFailure)) {
            return false;
        }
        now.sequence.killSwitch().arm(now.request);
        return true;
    }

    /** It is the subsystems' turn. The reason counts if there was none before. Who calls this has to {@link #await}. */
    public void stop(ShutdownReason reason) {
        Attempt last;
        synchronized (this) {
            ending = true;
            last = attempt;
        }
        isFirst(last, reason, OptionalInt.empty(), false);
        last.sequence.post(Kind.STOP_SUBSYSTEMS);
    }

    /**
     * Waits until all subsystems have ended.
     *
     * @param margin for how long after the kill timeout
     * @return false if they have not though the time is up
     */
    public boolean await(Duration margin) {
        Attempt last = attempt;
        return last.sequence.await(Durations.sum(last.request.total(), margin));
    }

    /** It is the subsystems' turn. Called on the event loop after a request. */
    public void stopNow() {
        attempt.sequence.stopSubsystems();
    }

    public void allDown() {
        attempt.sequence.allDown();
    }

    /** There is no memory left: a shutdown, or at least an end when the graceful time is over. */
    public void outOfMemory() {
        Attempt now = attempt;
        if (process.canHalt()) {
            now.sequence.killSwitch().armBlindly(now.request.gracefulTimeout(), endWithoutMemory);
        } else {
            endWithoutMemory();
        }
    }

    private void endWithoutMemory() {
        try {
            Attempt now = attempt;
            // In this order: without memory for a message this is called again, once.
            if (isFirst(now, OUT_OF_MEMORY, OptionalInt.of(1), false)) {
                process.exit(1);
                loop.post((Message.Step) now.sequence::begin);
            }
        } catch (Throwable again) {
            // The kill switch needs none.
        }
    }
}

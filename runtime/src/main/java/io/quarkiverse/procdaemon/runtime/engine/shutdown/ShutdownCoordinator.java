package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * Where all causes of the one shutdown come to; where the application goes on after it, there can be another. The first fixes
 * reason and exit code; from it on the kill switch is armed, so that the end comes whatever happens, and the shutdown takes its
 * course. Any thread may call the public methods, except where they say otherwise.
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
    private volatile ShutdownReport undone;
    /** Whether the application itself is ending, after which there is nothing more; guarded by this. */
    private boolean ending;
    private final SignalOrders orders;

    /**
     * A shutdown that was not requested yet.
     *
     * @param loop handles what the shutdown does
     * @param status says whether the daemon has started, so that the application can be waited for
     */
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
        this.attempt = attempt(new FirstRequest(platform.clock(), timeouts));
    }

    /** What belongs to one shutdown. */
    private record Attempt(FirstRequest request, ShutdownAccount account, ShutdownSequence sequence) {
    }

    private Attempt attempt(FirstRequest request) {
        Predicate<StackTraceElement[]> exits = stack -> isExit(request, stack);
        ShutdownAccount account = new ShutdownAccount(daemon, supervisor.registry(), platform.clock(), request, orders, exits);
        return new Attempt(request, account, new ShutdownSequence(daemon, platform, loop, process, supervisor, events, status,
                request, account, exits));
    }

    /** Whether a thread waits for the end of the process; if it decides the exit code, that is not known any more. */
    private boolean isExit(FirstRequest request, StackTraceElement[] stack) {
        if (process.isEndedBy(stack)) {
            request.forgetExitCode();
        }
        return process.isAwaitedBy(stack);
    }

    /**
     * Forgets the shutdown, if it is over and the application goes on, so that there can be another. Its report stays until the
     * next one. Called on the event loop.
     *
     * @return whether it is forgotten
     */
    public boolean undo() {
        synchronized (this) {
            if (ending || !process.outlivesDaemon() || !attempt.sequence.isOver()) {
                return false;
            }
            undone = attempt.account.report();
            attempt = attempt(attempt.request.next());
        }
        supervisor.reopen(attempt.request.grace());
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

    /** How long the application may take, by its own configuration, before it comes to the subsystems. */
    public void allow(Duration time) {
        attempt.request.allow(time);
    }

    /** Whether there was a cause. */
    public boolean hasBegun() {
        return attempt.request.isGiven();
    }

    /** Whether the subsystems have been told to stop, as far as the event loop knows; to be asked there. */
    public boolean isStopping() {
        return attempt.sequence.isStopping();
    }

    /** The exit code that the first cause fixed; empty if there was none yet, or it left that to others. */
    public OptionalInt exitCode() {
        return attempt.request.exitCode();
    }

    /** How the shutdown went, or before its end one that was undone; null if there was none. */
    public ShutdownReport report() {
        ShutdownReport now = attempt.account.report();
        return now == null ? undone : now;
    }

    /**
     * Ends the process in order; nothing if it is ending already.
     *
     * @throws IllegalArgumentException if there is no such exit code
     */
    public void request(int code, ShutdownReason reason) {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("no process can have the exit code " + code + "; use 0 to 255");
        }
        ExitOrder order = new ExitOrder(attempt, reason, code);
        if (!order.attempt.request.isGiven()) {
            // First, so that a caller whose stack ends amidst this leaves nothing behind that nobody completes.
            loop.post(order);
            order.give();
        }
    }

    /** A cause that ends the process in order: it takes effect before its caller goes on, and the event loop makes sure. */
    private final class ExitOrder implements Message.Step {

        private final Attempt attempt;
        private final ShutdownReason reason;
        private final int code;
        private boolean isFirst;
        private boolean given;

        private ExitOrder(Attempt attempt, ShutdownReason reason, int code) {
            this.attempt = attempt;
            this.reason = reason;
            this.code = code;
        }

        /** A command that returns after that ends the process by itself, with the exit code known by then. */
        synchronized void give() {
            if (!given) {
                isFirst |= attempt.request.give(reason, OptionalInt.of(code), reason instanceof ShutdownReason.SubsystemFailed);
                if (isFirst) {
                    arm(attempt);
                    process.exit(code);
                }
                given = true;
            }
        }

        @Override
        public void run() {
            give();
            attempt.sequence.begin();
        }
    }

    /**
     * A signal to end: the first begins a shutdown, the second ends its graceful time, the third kills. One that comes within a
     * second of the last that counted is the same order, and does nothing.
     */
    public void signalled(ShutdownReason.Signal signal, int code) {
        switch (orders.count(signal)) {
            case 0 -> LOG.debugf("The signal %s came within a second of the last one and is the same order", signal.name());
            case 1 -> begin(signal, OptionalInt.of(code), () -> process.exitNow(code));
            case 2 -> loop.post((Message.Step) () -> attempt.sequence.hurry(signal));
            default -> attempt.sequence.endNow();
        }
    }

    /** The application is ending by itself; nothing if the shutdown had begun already. */
    public void begin(ShutdownReason reason, OptionalInt code) {
        begin(reason, code, null);
    }

    /** The same because something failed that is no subsystem: no subsystem's end makes that good. */
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
        loop.post((Message.Step) attempt.sequence::lookForExits);
    }

    private void begin(ShutdownReason reason, OptionalInt code, Runnable exit) {
        begin(reason, code, reason instanceof ShutdownReason.SubsystemFailed, exit);
    }

    private void begin(ShutdownReason reason, OptionalInt code, boolean isFailure, Runnable exit) {
        Attempt now = attempt;
        if (isFirst(now, reason, code, isFailure)) {
            if (exit != null) {
                platform.threads().startOrRun("proc-daemon-exit", exit);
            }
            loop.post((Message.Step) now.sequence::begin);
        }
    }

    private boolean isFirst(Attempt now, ShutdownReason reason, OptionalInt code, boolean isFailure) {
        boolean first = now.request.give(reason, code, isFailure);
        if (first) {
            arm(now);
        }
        return first;
    }

    private void arm(Attempt now) {
        if (process.canHalt()) {
            try {
                // The end comes, whatever becomes of the event loop.
                now.sequence.killSwitch().arm(now.request.latestBase() + Nanos.of(now.request.killTimeout()));
            } catch (OutOfMemoryError full) {
                // Armed again with the moments of the shutdown, which must begin all the same: no other request would count.
            }
        }
    }

    /** It is the subsystems' turn. The reason counts if there was none before. Who calls this has to {@link #await}. */
    public void stop(ShutdownReason reason) {
        Attempt last;
        synchronized (this) {
            ending = true;
            last = attempt;
        }
        isFirst(last, reason, OptionalInt.empty(), false);
        loop.post((Message.Step) last.sequence::stopSubsystems);
    }

    /**
     * Waits until all subsystems have ended.
     *
     * @param margin for how long after the kill time-out
     * @return false if they have not though the time is up
     */
    public boolean await(Duration margin) throws InterruptedException {
        Attempt last = attempt;
        return last.sequence.await(Nanos.sum(last.request.total(), margin));
    }

    /** It is the subsystems' turn. Called on the event loop, after a cause was given. */
    public void stopNow() {
        attempt.sequence.stopSubsystems();
    }

    /** All subsystems have ended. Called on the event loop. */
    public void allDown() {
        attempt.sequence.allDown();
    }

    /**
     * There is no memory left to work with. Does what can be done with what is there: a shutdown, or at least an end, when
     * the graceful time is over.
     */
    public void outOfMemory() {
        Attempt now = attempt;
        if (process.canHalt()) {
            now.sequence.killSwitch().armBlindly(now.request.gracefulTimeout(), this::endWithoutMemory);
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

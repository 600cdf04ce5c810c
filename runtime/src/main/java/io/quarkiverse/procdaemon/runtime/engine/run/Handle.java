package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.Work;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * What one run is told of its end, and what it tells. {@code reason} is written once, before the latch opens and before the
 * actions run: whoever sees one of these sees the reason. A heartbeat is an opaque write, which costs what a plain one does: it
 * has to be seen soon, not to order anything. The last work to end reads {@code reason} after it has counted down, and who
 * fires reads the count after writing {@code reason}, so at least one of them sees that all is done. In the same way one of
 * those who register an action and who fires sees to it; if both do, the action says whose it is.
 * <p>
 * The body's own thread is alive while it waits here. It gives a heartbeat before it says that it waits no more, and who looks
 * reads these the other way round, so the time waited counts to its end.
 */
final class Handle extends Latch implements SubsystemContext {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = Logger.getLogger(Handle.class);
    private static final Runnable NOTHING = () -> {
    };
    private static final AtomicReferenceFieldUpdater<Handle, Registered> ACTIONS = AtomicReferenceFieldUpdater
            .newUpdater(Handle.class, Registered.class, "actions");

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<Handle, CompletionStage> SHUTDOWN = AtomicReferenceFieldUpdater
            .newUpdater(Handle.class, CompletionStage.class, "shutdown");

    private final String name;
    private final long generation;
    private final Generation run;
    /** Written before {@code reason}, read after it. */
    private Deadline force;
    private volatile ShutdownReason reason;
    private volatile boolean forced;
    private final AtomicBoolean beaten = new AtomicBoolean();
    /** Null before the body has begun, after it has returned, and for that of a run without one. */
    private volatile Thread body;
    private volatile boolean bodyWaits;
    /** The last one that was registered, or null. */
    private volatile Registered actions;
    /** Null until somebody asks for it. One for all who do: nobody but its action can complete it. */
    private volatile CompletionStage<ShutdownReason> shutdown;

    /** An action and those registered before it. Whoever takes it runs it. */
    private static final class Registered extends AtomicBoolean {

        private static final long serialVersionUID = 1L;

        private final Runnable action;
        private Registered before;

        private Registered(Runnable action) {
            this.action = action;
        }

        private boolean take() {
            return compareAndSet(false, true);
        }
    }

    /** @param run told when the last work has ended after the handle has fired, and of the failure of an errand */
    Handle(String name, long generation, Generation run) {
        this.name = name;
        this.generation = generation;
        this.run = run;
    }

    /**
     * Fires, once.
     *
     * @return the actions to run now, on a thread of the subsystem; null if there are none
     */
    List<Runnable> fire(ShutdownReason why, Deadline untilForce) {
        force = untilForce;
        reason = why;
        open();
        return actions == null ? null : registered();
    }

    private List<Runnable> registered() {
        LinkedList<Runnable> due = new LinkedList<>();
        for (Registered one = actions; one != null; one = one.before) {
            if (one.take()) {
                due.addFirst(one.action);
            }
        }
        return due.isEmpty() ? null : due;
    }

    void force() {
        forced = true;
    }

    /** Whether there was a heartbeat since this was asked last, or the body waits for the stop. */
    boolean takeHeartbeat() {
        return bodyWaits | (beaten.getOpaque() && beaten.getAndSet(false));
    }

    /** The body is on that thread from now on; on none if null. */
    void bodyOn(Thread thread) {
        body = thread;
    }

    /** Work done by others; null if this run has been told to end. */
    WorkInFlight beginErrand() {
        if (isShutdown() || !run.beginOne()) {
            return null;
        }
        return new Piece();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public void heartbeat() {
        beaten.setOpaque(true);
    }

    @Override
    public Work begin() {
        if (!run.beginOne()) {
            throw new DaemonStateException(ErrorCode.WRONG_STATE, "no work can begin in subsystem '" + this
                    + "' because that run is being cleaned up or has ended; check isShutdown() before begin()");
        }
        return new Piece();
    }

    @Override
    public boolean isShutdown() {
        return reason != null;
    }

    @Override
    public boolean isForced() {
        return forced;
    }

    @Override
    public Optional<ShutdownReason> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public void await() throws InterruptedException {
        boolean mine = bodyBeginsToWait();
        try {
            awaitOpen();
        } finally {
            bodyWaited(mine);
        }
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        if (timeout == null) {
            throw new IllegalArgumentException("the timeout is null");
        }
        boolean mine = bodyBeginsToWait();
        try {
            return awaitOpen(Nanos.of(timeout));
        } finally {
            bodyWaited(mine);
        }
    }

    /** Whether the calling thread is the body's: any other that waits proves nothing. */
    private boolean bodyBeginsToWait() {
        boolean mine = Thread.currentThread() == body;
        if (mine) {
            bodyWaits = true;
        }
        return mine;
    }

    private void bodyWaited(boolean mine) {
        if (mine) {
            heartbeat();
            bodyWaits = false;
        }
    }

    @Override
    public Optional<Duration> remaining() {
        if (!isShutdown()) {
            return Optional.empty();
        }
        return Optional.of(forced ? Duration.ZERO : force.remaining());
    }

    @Override
    public CompletionStage<ShutdownReason> whenShutdown() {
        if (shutdown == null) {
            CompletableFuture<ShutdownReason> stage = new CompletableFuture<>();
            if (SHUTDOWN.compareAndSet(this, null, stage.minimalCompletionStage())) {
                onShutdown(() -> stage.complete(reason));
            }
        }
        return shutdown;
    }

    @Override
    public void onShutdown(Runnable action) {
        if (action == null) {
            throw new IllegalArgumentException("the action is null");
        }
        if (!isShutdown()) {
            Registered one = new Registered(action);
            do {
                one.before = actions;
            } while (!ACTIONS.compareAndSet(this, one.before, one));
            if (!isShutdown() || !one.take()) {
                return;
            }
        }
        runLogged(action);
    }

    void run(List<Runnable> due) {
        due.forEach(this::runLogged);
    }

    private void runLogged(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) {
            run.errandThrew(Phase.SHUTDOWN_ACTIONS, failure, NOTHING);
        }
    }

    @Override
    public String toString() {
        return name + "#" + generation;
    }

    private final class Piece extends AtomicBoolean implements WorkInFlight {

        private static final long serialVersionUID = 1L;

        @Override
        public void close() {
            if (compareAndSet(false, true)) {
                end();
            }
        }

        @Override
        public void fail(Throwable cause) {
            if (compareAndSet(false, true)) {
                // Not over before that is known: else the run may be, which has failed then without anybody's notice.
                run.errandThrew(Phase.WORK, cause, this::end);
            }
        }

        private void end() {
            if (run.endOne() && isShutdown()) {
                run.drained();
            }
        }
    }
}

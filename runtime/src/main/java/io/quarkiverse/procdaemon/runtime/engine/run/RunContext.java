package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.Work;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * What user code sees of its run. {@code reason} is written once, before the latch opens and before the actions are taken: who
 * sees one of these sees the reason. The last work to end reads {@code reason} after it has counted down, and the event loop
 * reads the count after writing {@code reason}, so at least one of them sees that all is done.
 * <p>
 * The body's own thread is alive while it waits here. It gives a heartbeat before it stops waiting, and these two are read in
 * the opposite order, so the time waited counts to its end.
 */
final class RunContext implements SubsystemContext {
    /** Takes the place of the actions when they have been taken. */
    private static final Registered TAKEN = new Registered(null, null);
    private final String name;
    private final long generation;
    private final Run run;
    private final InFlight work;
    private final Clock clock;
    /** Written before {@code reason}, read after it. */
    private long force;
    private volatile @Nullable ShutdownReason reason;
    private volatile boolean forced;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final AtomicBoolean beaten = new AtomicBoolean();
    /** Null before the body has begun, after it has returned, and for that of a run without one. */
    private volatile @Nullable Thread body;
    private volatile boolean bodyWaits;
    /** The last one that was registered, or null. */
    private final AtomicReference<@Nullable Registered> actions = new AtomicReference<>();
    /** Null until it is asked for. The same for all: only its action can complete it. */
    private final AtomicReference<@Nullable CompletionStage<ShutdownReason>> shutdown = new AtomicReference<>();

    private record Registered(@Nullable Runnable action, @Nullable Registered before) {
    }

    RunContext(String name, long generation, Run run, InFlight work, Clock clock) {
        this.name = name;
        this.generation = generation;
        this.run = run;
        this.work = work;
        this.clock = clock;
    }

    /**
     * Takes effect once.
     *
     * @return the actions to run now, on a thread of the subsystem, in the order in which they were registered
     */
    List<Runnable> askToStop(ShutdownReason why, long untilForce) {
        force = untilForce;
        reason = why;
        stopRequested.countDown();
        Registered last = actions.getAndSet(TAKEN);
        if (last == null || last == TAKEN) {
            return List.of();
        }
        LinkedList<Runnable> due = new LinkedList<>();
        for (Registered one = last; one != null; one = one.before) {
            due.addFirst(one.action);
        }
        return due;
    }

    void force() {
        forced = true;
    }

    /** Whether there was a heartbeat since this was called last, or the body waits for the stop. */
    boolean takeHeartbeat() {
        return bodyWaits | (beaten.getOpaque() && beaten.getAndSet(false));
    }

    void bodyOn(@Nullable Thread thread) {
        body = thread;
    }

    Run.@Nullable WorkInFlight beginWork() {
        if (isShutdown() || !work.begin()) {
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

    /** An opaque write costs what a plain one does: it has to be seen soon, not to order anything. */
    @Override
    public void heartbeat() {
        beaten.setOpaque(true);
    }

    @Override
    public Work begin() {
        if (!work.begin()) {
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
            stopRequested.await();
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
            return stopRequested.await(Durations.nanos(timeout), TimeUnit.NANOSECONDS);
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
        return Optional.of(forced ? Duration.ZERO : Duration.ofNanos(Math.max(0, force - clock.nanos())));
    }

    @Override
    public CompletionStage<ShutdownReason> whenShutdown() {
        if (shutdown.get() == null) {
            CompletableFuture<ShutdownReason> stage = new CompletableFuture<>();
            if (shutdown.compareAndSet(null, stage.minimalCompletionStage())) {
                onShutdown(() -> stage.complete(reason));
            }
        }
        return shutdown.get();
    }

    @Override
    public void onShutdown(Runnable action) {
        if (action == null) {
            throw new IllegalArgumentException("the action is null");
        }
        Registered before;
        do {
            before = actions.get();
            if (before == TAKEN) {
                runAction(action);
                return;
            }
        } while (!actions.compareAndSet(before, new Registered(action, before)));
    }

    void runAction(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) {
            run.workThrew(Phase.SHUTDOWN_ACTIONS, failure);
        }
    }

    @Override
    public String toString() {
        return name + "#" + generation;
    }

    private final class Piece extends AtomicBoolean implements Run.WorkInFlight {

        private static final long serialVersionUID = 1L;

        @Override
        public void close() {
            if (compareAndSet(false, true)) {
                run.endOne();
            }
        }

        /** Not counted as ended before the failure is known: else the run may end, and nobody would know that it failed. */
        @Override
        public void fail(Throwable cause) {
            if (compareAndSet(false, true)) {
                run.workThrew(Phase.WORK, cause);
            }
        }
    }
}

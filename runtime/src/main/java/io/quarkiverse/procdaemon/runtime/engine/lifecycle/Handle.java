package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.Work;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;

/**
 * What one run is told of its end, and what it tells. {@code reason} is written once, before the latch opens and before the
 * actions run: whoever sees one of these sees the reason. A heartbeat is an opaque write, which costs what a plain one does: it
 * has to be seen soon, not to order anything. The last work to end reads {@code reason} after it has counted down, and who
 * fires reads the count after writing {@code reason}, so at least one of them sees that all is done.
 */
final class Handle extends Latch implements SubsystemContext {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = Logger.getLogger(Handle.class);

    private final String name;
    private final long generation;
    private volatile ShutdownReason reason;
    private volatile Deadline force;
    private volatile boolean forced;
    private final AtomicBoolean beaten = new AtomicBoolean();
    private final Generation run;
    private List<Runnable> actions;

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
        List<Runnable> due;
        synchronized (this) {
            force = untilForce;
            reason = why;
            due = actions;
            actions = null;
        }
        open();
        return due;
    }

    void force() {
        forced = true;
    }

    /** Whether there was a heartbeat since this was asked last. */
    boolean takeHeartbeat() {
        return beaten.getOpaque() && beaten.getAndSet(false);
    }

    /** Work done by others; null if this run has been told to end. */
    Errand beginErrand() {
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
    public boolean await(Duration timeout) throws InterruptedException {
        long nanos = timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : timeout.toNanos();
        return await(nanos);
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
        CompletableFuture<ShutdownReason> stage = new CompletableFuture<>();
        onShutdown(() -> stage.complete(reason));
        return stage.minimalCompletionStage();
    }

    @Override
    public void onShutdown(Runnable action) {
        Objects.requireNonNull(action, "action");
        synchronized (this) {
            if (reason == null) {
                if (actions == null) {
                    actions = new ArrayList<>(2);
                }
                actions.add(action);
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
            LOG.errorf(failure, "An onShutdown action of subsystem '%s' failed; it stops all the same", name);
        }
    }

    @Override
    public String toString() {
        return name + "#" + generation;
    }

    private final class Piece extends AtomicBoolean implements Errand {

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
                run.errandFailed(cause);
                end();
            }
        }

        private void end() {
            if (run.endOne() && isShutdown()) {
                run.drained();
            }
        }
    }
}

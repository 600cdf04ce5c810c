package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;

/**
 * What one run is told of its end. {@code reason} is written once, before {@code fired} opens and before the actions run:
 * whoever sees one of these sees the reason.
 */
final class Handle implements SubsystemContext {

    private static final Logger LOG = Logger.getLogger(Handle.class);

    private final String name;
    private final long generation;
    private final CountDownLatch fired = new CountDownLatch(1);
    private volatile ShutdownReason reason;
    private volatile Deadline force;
    private volatile boolean forced;
    private List<Runnable> actions;

    Handle(String name, long generation) {
        this.name = name;
        this.generation = generation;
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
        fired.countDown();
        return due;
    }

    void force() {
        forced = true;
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
        fired.await();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        long nanos = timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : timeout.toNanos();
        return fired.await(nanos, TimeUnit.NANOSECONDS);
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
}

package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.HealthCheck;
import io.quarkiverse.procdaemon.runtime.engine.log.LogFields;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;

/**
 * One call of a probe, until it has returned and, if it returned a stage, that has completed. Its thread is interrupted only
 * while it is in the probe, and is not interrupted any more when it has left it. Its stage may appear before or after it was
 * given up: one side writes {@code stage} and reads {@code unwanted}, the other the other way round, so at least one cancels.
 */
public final class ProbeCall {

    private static final Logger LOG = Logger.getLogger(ProbeCall.class);
    static final StackTraceElement[] NO_STACK = {};

    private record Answer(boolean healthy, String reason) {
    }

    private final Run run;
    private final HealthCheck probe;
    private final EventLoop<Message> loop;
    private final long made;
    private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable CompletionStage<Boolean> stage;
    private volatile boolean unwanted;
    private volatile boolean begun;
    private volatile long began;
    /** Null unless it is in the probe. */
    private volatile @Nullable Thread inside;

    /**
     * @param loop handles the answer
     * @param now when it is made, on the clock
     */
    ProbeCall(Run run, HealthCheck probe, EventLoop<Message> loop, long now) {
        this.run = run;
        this.probe = probe;
        this.loop = loop;
        this.made = now;
    }

    String threadName() {
        return run.subsystem() + "-health";
    }

    Run run() {
        return run;
    }

    boolean isHealthy() {
        return answer.get().healthy();
    }

    /** Why it is not healthy, in words. */
    String reason() {
        return answer.get().reason();
    }

    /** When it was made. */
    long made() {
        return made;
    }

    /** How many nanoseconds it has waited to be called, so far if it has not been. */
    long waited(long now) {
        return (begun ? began : now) - made;
    }

    /** Calls the probe. */
    void perform(long now) {
        began = now;
        begun = true;
        inside = Thread.currentThread();
        try (LogFields fields = LogFields.ofRun(run.subsystem(), run.number())) {
            CompletionStage<Boolean> pending = probe.probe();
            stage = pending;
            pending.whenComplete(this::completed);
            if (unwanted) {
                cancel(pending);
            }
        } catch (Throwable failure) {
            completed(null, failure);
        } finally {
            leave();
        }
        report();
    }

    private synchronized void leave() {
        inside = null;
        Thread.interrupted();
        notifyAll();
    }

    /** What failed is looked at on the thread of the probe, and while it can be interrupted. */
    private void completed(@Nullable Boolean healthy, @Nullable Throwable failure) {
        answer.compareAndSet(null, new Answer(Boolean.TRUE.equals(healthy),
                failure == null ? "its health check returned false"
                        : Thrown.of(Thrown.unwrapped(failure), run.platform().mask()).summary()));
        if (Thread.currentThread() != inside) {
            report();
        }
    }

    private void report() {
        Answer now = answer.get();
        if (now != null && over.compareAndSet(false, true)) {
            loop.post(new Message.ProbeAnswered(run));
        }
    }

    /** It has no answer, and will not get one that counts. */
    void fail(Throwable failure) {
        completed(null, failure);
    }

    /** It is interrupted or cancelled soon. */
    void giveUp() {
        unwanted = true;
    }

    /** Interrupts its thread, cancels its stage; may call code of others. */
    void interrupt() {
        synchronized (this) {
            if (inside != null) {
                inside.interrupt();
            }
        }
        CompletionStage<Boolean> pending = stage;
        if (pending != null) {
            cancel(pending);
        }
    }

    private void cancel(CompletionStage<Boolean> pending) {
        try {
            pending.toCompletableFuture().cancel(true);
        } catch (Throwable refused) {
            LOG.debugf(Thrown.of(refused, run.platform().mask()).throwable(),
                    "The stage that the health check of %s returned cannot be cancelled",
                    run);
        }
    }

    /** Its thread waits for the end of the process and does nothing more, so nobody waits for it. */
    synchronized void leaveIfItExits(Predicate<StackTraceElement[]> exits) {
        if (inside != null && exits.test(inside.getStackTrace())) {
            inside = null;
            unwanted = false;
            notifyAll();
        }
    }

    /** Whether it is in the probe, or its stage goes on though it was cancelled. */
    boolean isRunning() {
        return inside != null || unwanted && !over.get();
    }

    /** Waits until it is not in the probe any more, so long at most; not at all if it was given up. */
    synchronized void awaitLeft(long nanos) {
        long end = System.nanoTime() + nanos;
        boolean interrupted = false;
        for (long left = nanos; inside != null && !unwanted && left > 0; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The stack of its thread; empty if it is not in the probe. */
    StackTraceElement[] stack() {
        Thread now = inside;
        return now == null ? NO_STACK : now.getStackTrace();
    }
}

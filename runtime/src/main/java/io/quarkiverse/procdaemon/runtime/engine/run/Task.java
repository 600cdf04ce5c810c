package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.concurrent.CompletionStage;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Action;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * A phase under way. Its stage may appear before or after an interrupt: one side writes {@code stage} and reads
 * {@code interrupted}, the other writes and reads them the other way round, so at least one of them cancels.
 */
final class Task implements Runnable {

    private static final Logger LOG = Logger.getLogger(Task.class);
    /** Loads what is needed to say that a run has failed while there is memory for that. */
    private static final Thrown NO_MEMORY = Thrown.NO_MEMORY;

    private final Handle handle;
    private final Phase phase;
    private final Action action;
    private final Reports.Report end;
    private final Platform platform;
    private volatile Thread thread;
    private volatile CompletionStage<?> stage;
    private volatile boolean interrupted;

    /**
     * @param end told of it
     * @param platform its timer says when to look no longer at what was thrown
     */
    Task(Handle handle, Phase phase, Action action, Reports.Report end, Platform platform) {
        this.handle = handle;
        this.phase = phase;
        this.action = action;
        this.end = end;
        this.platform = platform;
    }

    /** Begins on a thread of its own; if there is none to be had, that is how it ends. */
    void start(Threads threads, ThreadKind kind, String name) {
        try {
            thread = threads.start(kind, name, this);
        } catch (Throwable noThread) {
            end.ended(Thrown.of(noThread));
        }
    }

    @Override
    public void run() {
        if (thread == null) {
            // Whoever looks for what hangs may come before start() has returned.
            thread = Thread.currentThread();
        }
        try {
            CompletionStage<?> pending = phase == Phase.RUN ? performBody() : action.perform(handle);
            if (pending != null) {
                stage = pending;
                pending.whenComplete((result, thrown) -> ended(Thrown.unwrapped(thrown)));
                if (interrupted) {
                    cancel(pending);
                }
                return;
            }
        } catch (Throwable thrown) {
            ended(thrown);
            return;
        }
        ended(null);
    }

    private void ended(Throwable thrown) {
        if (thrown == null) {
            end.ended(null);
            return;
        }
        try {
            PatientLook.at(thrown, platform, end::ended);
        } catch (Throwable full) {
            // That it has ended is what matters most.
            end.ended(NO_MEMORY);
        }
    }

    private CompletionStage<?> performBody() throws Throwable {
        handle.bodyOn(Thread.currentThread());
        try {
            return action.perform(handle);
        } finally {
            handle.bodyOn(null);
        }
    }

    /** Interrupts its thread and cancels its stage; may call code of others. */
    void interrupt() {
        interrupted = true;
        Thread now = thread;
        if (now != null) {
            now.interrupt();
        }
        CompletionStage<?> pending = stage;
        if (pending != null) {
            cancel(pending);
        }
    }

    /** Its thread waits for the end of the process and does nothing more: that is how it ends. */
    void leave() {
        LOG.infof("%s ends the process from %s (System.exit or Quarkus.blockingExit), so the shutdown does not wait for that"
                + " thread", handle, phase);
        end.ended(null);
    }

    private void cancel(CompletionStage<?> pending) {
        try {
            pending.toCompletableFuture().cancel(true);
        } catch (Throwable refused) {
            LOG.debugf(Thrown.of(refused, platform.mask()).throwable(), "The stage that %s returned cannot be cancelled",
                    handle);
        }
    }

    boolean isIn(Phase other) {
        return phase == other;
    }

    /** The stack of its thread; empty if it is a stage. */
    StackTraceElement[] stack() {
        Thread now = thread;
        return now == null ? new StackTraceElement[0] : now.getStackTrace();
    }

    /** What it is, in words. */
    @Override
    public String toString() {
        return phase.toString();
    }
}

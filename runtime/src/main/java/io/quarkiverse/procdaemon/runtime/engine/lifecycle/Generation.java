package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.graph.Action;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * One run of a subsystem: its handle, its threads and its clock. Each phase has a thread of its own, so an interrupt meant for
 * one can never hit another.
 */
public final class Generation {

    private static final Logger LOG = Logger.getLogger(Generation.class);

    private final SubsystemSpec spec;
    private final Platform platform;
    private final Reports reports;
    private final Handle handle;
    private Task task;
    private Task actions;
    private Timer.Timeout timeout;
    private boolean cleanedUp;

    Generation(SubsystemSpec spec, long number, Platform platform, Reports reports) {
        this.spec = spec;
        this.platform = platform;
        this.reports = reports;
        this.handle = new Handle(spec.name(), number, () -> reports.ended(this, Phase.WORK, null),
                cause -> reports.errandFailed(this, cause));
    }

    /** Begins a phase on a thread of its own; its end is reported. */
    public void begin(Phase phase, Action action) {
        Task begun = new Task(phase, action);
        if (phase == Phase.SHUTDOWN_ACTIONS) {
            actions = begun;
        } else {
            task = begun;
        }
        begun.start(spec.settings().thread());
    }

    /** To be called with each report, before anything is concluded from it. */
    public void ended(Phase phase) {
        if (phase == Phase.SHUTDOWN_ACTIONS) {
            actions = null;
        } else if (phase != Phase.WORK) {
            task = null;
        }
    }

    /** Whether a thread of this run, a stage it returned or work begun in it has not ended. */
    public boolean isBusy() {
        return task != null || actions != null || inFlight() > 0;
    }

    /** Whether it is not busy. If so, no work can begin in it any more. */
    public boolean isDone() {
        return task == null && actions == null && handle.inFlight().close();
    }

    /** How many pieces of work are under way; any thread may call this. */
    public int inFlight() {
        return handle.inFlight().count();
    }

    /** Begins work that others do for this run; null if the run has been told to end. Any thread may call this. */
    public Errand beginErrand() {
        return handle.beginErrand();
    }

    /** Whether there was a heartbeat since this was asked last; any one thread may ask. */
    public boolean takeHeartbeat() {
        return handle.takeHeartbeat();
    }

    /** The stack of the phase under way, empty if there is none or it is a stage. Any thread may call this. */
    public StackTraceElement[] stack() {
        Task now = task;
        Thread thread = now == null ? null : now.thread;
        return thread == null ? new StackTraceElement[0] : thread.getStackTrace();
    }

    /**
     * What it is doing, in words as in {@code its body}; empty if nothing. Any thread may call this: the fields read are
     * references to objects that are safe to publish by a race, so the answer may be out of date but never torn.
     */
    public String activity() {
        Task now = task;
        Task firing = actions;
        if (now != null) {
            return now.toString();
        }
        if (firing != null) {
            return firing.toString();
        }
        return inFlight() > 0 ? inFlight() + " pieces of work in flight" : "";
    }

    /** Whether its start, body or clean-up is under way. */
    public boolean isIn(Phase phase) {
        return task != null && task.phase == phase;
    }

    /** Whether it is busy or owes a clean-up. */
    public boolean hasMoreToDo() {
        return isBusy() || !cleanedUp && spec.behavior().onStop() != null;
    }

    /**
     * Fires the handle, and runs the actions that were registered with it.
     *
     * @param force until when {@code remaining()} counts
     */
    public void tell(ShutdownReason reason, Deadline force) {
        List<Runnable> due = handle.fire(reason, force);
        if (due != null) {
            begin(Phase.SHUTDOWN_ACTIONS, context -> {
                handle.run(due);
                return null;
            });
        }
    }

    /** Whether clean-up is still owed; true once only. */
    public boolean takeCleanUp() {
        boolean due = !cleanedUp && spec.behavior().onStop() != null;
        cleanedUp = true;
        return due;
    }

    /** Whether {@link #force()} has been called. */
    public boolean isForced() {
        return handle.isForced();
    }

    /** Sets {@code isForced()} and interrupts whatever this run is doing. */
    public void force() {
        handle.force();
        interrupt();
    }

    /**
     * Interrupts whatever this run is doing. On a thread of its own, because an interrupt closes channels and a cancellation
     * calls back: code that may block, or worse.
     */
    public void interrupt() {
        List<Task> targets = Stream.of(task, actions).filter(Objects::nonNull).toList();
        if (!targets.isEmpty()) {
            platform.threads().startOrRun(spec.name() + "-interrupt", () -> targets.forEach(Task::interrupt));
        }
    }

    /** Why this run would not end: the error has the stack of the thread that is stuck. */
    Throwable stuck() {
        SubsystemException error = new SubsystemException(ErrorCode.STOP_TIMED_OUT, spec.name(), "subsystem '" + this
                + "' did not end though it was interrupted, and was abandoned in " + activity()
                + (task == null ? "" : "; the stack shows where it hangs"), null);
        error.setStackTrace(stack());
        return error;
    }

    /** Replaces the one time-out of this run. */
    public void timeoutAfter(Duration delay, Runnable task) {
        cancelTimeout();
        timeout = platform.timer().schedule(task, delay);
    }

    /** Ends the time-out, if there is one. */
    public void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
    }

    /** {@code name#number}. */
    @Override
    public String toString() {
        return handle.toString();
    }

    /**
     * A phase under way. Its stage may appear before or after an interrupt: one side writes {@code stage} and reads
     * {@code interrupted}, the other writes and reads them the other way round, so at least one of them cancels.
     */
    private final class Task implements Runnable {

        private final Phase phase;
        private final Action action;
        private volatile Thread thread;
        private volatile CompletionStage<?> stage;
        private volatile boolean interrupted;

        Task(Phase phase, Action action) {
            this.phase = phase;
            this.action = action;
        }

        void start(ThreadKind kind) {
            try {
                thread = platform.threads().start(kind, spec.name(), this);
            } catch (Throwable noThread) {
                reports.ended(Generation.this, phase, noThread);
            }
        }

        @Override
        public void run() {
            if (thread == null) {
                // Whoever looks for what hangs may come before start() has returned.
                thread = Thread.currentThread();
            }
            try {
                CompletionStage<?> pending = action.perform(handle);
                if (pending != null) {
                    stage = pending;
                    pending.whenComplete((result, thrown) -> reports.ended(Generation.this, phase, unwrap(thrown)));
                    if (interrupted) {
                        cancel(pending);
                    }
                    return;
                }
            } catch (Throwable thrown) {
                reports.ended(Generation.this, phase, thrown);
                return;
            }
            reports.ended(Generation.this, phase, null);
        }

        void interrupt() {
            interrupted = true;
            thread.interrupt();
            CompletionStage<?> pending = stage;
            if (pending != null) {
                cancel(pending);
            }
        }

        private void cancel(CompletionStage<?> pending) {
            try {
                pending.toCompletableFuture().cancel(true);
            } catch (RuntimeException refused) {
                LOG.debugf(refused, "The stage that %s returned cannot be cancelled", Generation.this);
            }
        }

        @Override
        public String toString() {
            return switch (phase) {
                case START -> "its start";
                case RUN -> "its body";
                case SHUTDOWN_ACTIONS -> "its onShutdown actions";
                case WORK -> "its work in flight";
                case STOP -> "its clean-up";
            };
        }

        private static Throwable unwrap(Throwable thrown) {
            return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        }
    }
}

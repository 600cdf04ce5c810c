package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Action;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * One run of a subsystem: its handle, its threads and its clock. Each phase has a thread of its own, so an interrupt meant for
 * one can never hit another.
 */
public final class Generation extends InFlight {

    private final SubsystemSpec spec;
    private final Platform platform;
    private final Reports reports;
    private final Handle handle;
    private Task task;
    private Task actions;
    private Task reload;
    private Consumer<Thrown> answer;
    private Timer.Timeout timeout;
    private boolean owesCleanUp;
    private volatile boolean threwWhileStopping;

    Generation(SubsystemSpec spec, long number, Platform platform, Reports reports) {
        this.spec = spec;
        this.platform = platform;
        this.reports = reports;
        this.owesCleanUp = spec.behavior().onStop() != null;
        this.handle = new Handle(spec.name(), number, this);
    }

    /** 1 for the first run, one more for each start. */
    public long number() {
        return handle.generation();
    }

    /** Begins a phase on a thread of its own; its end is reported. */
    public void begin(Phase phase, Action action) {
        Task begun = task(phase, action);
        if (phase == Phase.SHUTDOWN_ACTIONS) {
            actions = begun;
        } else {
            task = begun;
        }
        begun.start(platform.threads(), spec.settings().thread(), spec.name());
    }

    /**
     * Begins {@link Phase#RELOAD}, beside whatever else this run does; not to be called while {@link #isReloading()}.
     *
     * @param answered called on the event loop with what was thrown, or null; not before this returns
     */
    public void ask(Action action, Consumer<Thrown> answered) {
        reload = task(Phase.RELOAD, action);
        answer = answered;
        reload.start(platform.threads(), spec.settings().thread(), spec.name() + "-reload");
    }

    /** The last work has ended after this run was told to end; any thread may call this. */
    void drained() {
        reports.drained(this);
    }

    /**
     * Work that others do for this run, or one of its actions, has thrown. Looks at that on the calling thread, which is the
     * one that threw it, and reports it.
     *
     * @param known called on the event loop when it is known there
     */
    void errandThrew(Phase phase, Throwable thrown, Runnable known) {
        PatientLook.at(thrown, platform, seen -> reports.errandFailed(this, phase, seen, known));
    }

    /** Looks at what the code of this run threw, on the thread that ran it. */
    public Thrown look(Throwable thrown) {
        return Thrown.of(thrown, platform.mask());
    }

    private Task task(Phase phase, Action action) {
        return new Task(handle, phase, action, reports.begins(this, phase), platform);
    }

    /** To be called with each report, before anything is concluded from it. */
    public void ended(Phase phase, Thrown failure) {
        switch (phase) {
            case SHUTDOWN_ACTIONS -> actions = null;
            case RELOAD -> {
                reload = null;
                answer.accept(failure);
            }
            case WORK -> {
                // It is counted elsewhere.
            }
            default -> task = null;
        }
    }

    /** Whether it is this run that the snapshot is of. Any thread may call this. */
    public boolean isRunOf(Status status) {
        return handle.generation() == status.generation();
    }

    /** Whether it is this run that the snapshot says is RUNNING. Any thread may call this. */
    public boolean isRunningIn(Status status) {
        return status.state() == SubsystemState.RUNNING && isRunOf(status);
    }

    /** Whether a thread of this run, a stage it returned or work begun in it has not ended. */
    public boolean isBusy() {
        return !hasNoTask() || inFlight() > 0;
    }

    /** Whether it is not busy. If so, no work can begin in it any more. */
    public boolean isDone() {
        return hasNoTask() && close();
    }

    private boolean hasNoTask() {
        return task == null && actions == null && reload == null;
    }

    /** Whether it was asked something that it has not answered. */
    public boolean isReloading() {
        return reload != null;
    }

    /** Begins work that others do for this run; null if the run has been told to end. Any thread may call this. */
    public WorkInFlight beginErrand() {
        return handle.beginErrand();
    }

    /** Whether there was a heartbeat since this was asked last; any one thread may ask. */
    public boolean takeHeartbeat() {
        return handle.takeHeartbeat();
    }

    /** The stack of what it is doing, empty if there is nothing or it is a stage. Any thread may call this. */
    public StackTraceElement[] stack() {
        Task now = foremost();
        return now == null ? new StackTraceElement[0] : now.stack();
    }

    /** What it is doing, in words as in {@code its body}; empty if nothing. Any thread may call this. */
    public String activity() {
        Task now = foremost();
        if (now != null) {
            return now.toString();
        }
        return inFlight() > 0 ? inFlight() + " pieces of work in flight" : "";
    }

    /**
     * The one to name if only one is named; null if there is none. Any thread may call this: the fields read are references to
     * objects that are safe to publish by a race, so the answer may be out of date but never torn.
     */
    private Task foremost() {
        return Stream.of(task, reload, actions).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** Whether its start, body or clean-up is under way. */
    public boolean isIn(Phase phase) {
        return task != null && task.isIn(phase);
    }

    /** Whether it is busy or owes a clean-up. */
    public boolean hasMoreToDo() {
        return isBusy() || owesCleanUp;
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
        boolean due = owesCleanUp;
        owesCleanUp = false;
        return due;
    }

    /** Something of it but its clean-up has thrown after it was to stop. */
    public void threwWhileStopping() {
        threwWhileStopping = true;
    }

    /** Whether it has; any thread may call this. */
    public boolean hasThrownWhileStopping() {
        return threwWhileStopping;
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
        interrupt(Stream.of(task, actions, reload).filter(Objects::nonNull).toList());
    }

    /** Interrupts what it was asked, if it has not answered; likewise. */
    public void interruptReload() {
        interrupt(Stream.ofNullable(reload).toList());
    }

    private void interrupt(List<Task> targets) {
        if (!targets.isEmpty()) {
            platform.threads().startOrRun(spec.name() + "-interrupt", () -> targets.forEach(Task::interrupt));
        }
    }

    /**
     * Counts as ended what this run does on a thread that waits for the end of the process, which cannot wait for it in turn.
     *
     * @param exits whether a thread with that stack does so
     */
    public void leaveWhatExits(Predicate<StackTraceElement[]> exits) {
        for (Task some : new Task[] { task, actions, reload }) {
            if (some != null && exits.test(some.stack())) {
                some.leave();
            }
        }
    }

    /** Why this run would not end: the error has the stack of the thread that is stuck. */
    Throwable stuck() {
        SubsystemException error = new SubsystemException(ErrorCode.STOP_TIMED_OUT, spec.name(), "subsystem '" + this
                + "' did not end though it was interrupted, and was abandoned in " + activity()
                + (foremost() == null ? "" : "; the stack shows where it hangs"), null);
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
}

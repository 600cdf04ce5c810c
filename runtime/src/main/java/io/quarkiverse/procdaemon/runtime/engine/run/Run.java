package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.Work;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.Interval;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.PhaseCode;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;

/**
 * One run of a subsystem (a generation): its context and its threads. Each phase has a thread of its own, so an interrupt meant
 * for one can never hit another. Confined to the event loop except where a method says otherwise.
 */
public final class Run {

    /** A piece of work in flight that is done for a subsystem by somebody else, such as a scheduler. */
    public interface WorkInFlight extends Work {

        /** The number of the run for which it is done. */
        long generation();

        /** Whether that run has failed already. */
        boolean hasRunFailed();

        /** The work is done and has failed, and so has its run, unless that is ending. Nothing after {@link #close()}. */
        void fail(Throwable cause);
    }

    private final SubsystemSpec spec;
    private final Platform platform;
    private final EventLoop<Message> loop;
    private final RunContext context;
    final RunTasks tasks = new RunTasks();
    private boolean owesCleanUp;
    private volatile boolean threwWhileStopping;
    private final @Nullable Calls calls;

    /**
     * A run that has not begun, of that number; the loop handles what becomes of it.
     *
     * @param draining whether a drain is on, during which its body is not called again
     */
    public Run(SubsystemSpec spec, long number, Platform platform, EventLoop<Message> loop, BooleanSupplier draining) {
        this.spec = spec;
        this.platform = platform;
        this.loop = loop;
        this.owesCleanUp = spec.behavior().onStop() != null;
        this.context = new RunContext(spec.name(), number, this, tasks, platform.clock());
        Interval every = spec.behavior().every();
        this.calls = every == null ? null : new Calls(every, draining, () -> post(new Message.Recovered(this)));
    }

    /** The name of its subsystem. Any thread may call this. */
    public String subsystem() {
        return spec.name();
    }

    /** 1 for the first run, one more for each start. Any thread may call this. */
    public long number() {
        return context.generation();
    }

    Platform platform() {
        return platform;
    }

    RunContext context() {
        return context;
    }

    void post(Message message) {
        loop.post(message);
    }

    /** Begins a phase on a thread of its own; {@link Message.PhaseEnded} reports its end. */
    public void begin(Phase phase, PhaseCode action) {
        PhaseTask begun = new PhaseTask(this, phase, action, phase.toString());
        owesCleanUp &= phase != Phase.STOP;
        tasks.begin(begun);
        begun.start(spec.settings().thread(), phase == Phase.RELOAD ? spec.name() + "-reload" : spec.name());
    }

    /** Begins a task on a thread of its own; false if the run was asked to stop or has ended. Any thread may call this. */
    boolean fork(String name, PhaseCode code) {
        PhaseTask child = new PhaseTask(this, Phase.FORKED, code, "its task '" + name + "'");
        if (context.isShutdown() || !tasks.fork(child)) {
            return false;
        }
        child.start(spec.settings().thread(), spec.name() + "-" + name);
        if (isForced()) {
            child.interrupt(); // Perhaps all were interrupted before its thread was there.
        }
        return true;
    }

    /** To be called when a phase or a forked task has ended, before anything is concluded from it. */
    public void ended(Message.PhaseEnded ended) {
        tasks.ended((PhaseTask) ended);
    }

    /** Has threads that wait for a configured time, or for the end of a drain, ask again. Any thread may call this. */
    public void configurationChanged() {
        context.signal().configurationChanged();
    }

    /** Work that others do for this run, or one of its actions, has thrown. Looks at that on the calling thread. */
    void workThrew(Phase phase, Throwable thrown) {
        tasks.failed();
        PatientLook.at(thrown, platform, new Message.FailedBeside.Reporter(this, phase));
    }

    /** The calls of the body; null if it is called once. */
    @Nullable
    Calls calls() {
        return calls;
    }

    /** Whether it has shown that it works, as far as it can do more for that than be RUNNING. Any thread may call this. */
    public boolean isProven() {
        return calls == null || calls.haveSucceeded();
    }

    /** One piece of work less. Any thread may call this. */
    public void endOne() {
        if (tasks.endWork() && context.isShutdown()) {
            post(new Message.WorkEnded(this));
        }
    }

    /** How many pieces of work are under way, with a call of a body that is called again. Any thread may call this. */
    public int inFlight() {
        return tasks.work() + (calls != null && calls.isInProgress() ? 1 : 0);
    }

    /** Begins work of others; null if the run was asked to stop or has failed. Any thread may call this. */
    public @Nullable WorkInFlight beginWork() {
        return context.beginWork();
    }

    /** Whether it is this run that the snapshot says is RUNNING. Any thread may call this. */
    public boolean isRunningIn(Status status) {
        return status.state() == SubsystemState.RUNNING && status.generation() == number();
    }

    /** Whether a thread of this run, a stage it returned or work begun in it has not ended. */
    public boolean isBusy() {
        return tasks.isAny();
    }

    /** Whether it is not busy. If so, no work can begin in it any more. Only for one that was asked to stop. */
    public boolean isDone() {
        return tasks.close();
    }

    public boolean hasMoreToDo() {
        return isBusy() || owesCleanUp;
    }

    /** Whether that is under way; not for work and shutdown actions. */
    public boolean isIn(Phase phase) {
        return tasks.isIn(phase);
    }

    /** The stack of what it is doing, empty if there is nothing or it is a stage. Any thread may call this. */
    public StackTraceElement[] stack() {
        RunTasks.Task now = tasks.foremost();
        return now == null ? new StackTraceElement[0] : now.stack();
    }

    /** What it is doing, in words as in {@code its body}; empty if nothing. Any thread may call this. */
    public String activity() {
        RunTasks.Task now = tasks.foremost();
        return now != null ? now.toString() : tasks.work() > 0 ? Phase.WORK + " (" + tasks.work() + ")" : "";
    }

    /** Whether that gets no carrier of virtual threads to run on. Any thread may call this. */
    public boolean isKeptFromRunning() {
        RunTasks.Task now = tasks.foremost();
        return now != null && now.isKeptFromRunning();
    }

    /** The thread of what it is doing; null if there is none. Any thread may call this. */
    public @Nullable Thread thread() {
        RunTasks.Task now = tasks.foremost();
        return now == null ? null : now.thread();
    }

    /**
     * Asks it to stop: from now on its context is shut down, and the actions registered with the context are run.
     *
     * @param force until when {@code remaining()} counts, on the clock
     */
    public void askToStop(ShutdownReason reason, long force) {
        List<Runnable> due = context.askToStop(reason, force);
        if (!due.isEmpty()) {
            begin(Phase.SHUTDOWN_ACTIONS, new RunContext.ShutdownActions(context, due));
        }
    }

    public boolean owesCleanUp() {
        return owesCleanUp;
    }

    /** To be called when something other than its clean-up has thrown after it was asked to stop. */
    public void threwWhileStopping() {
        threwWhileStopping = true;
    }

    /** Whether {@link #threwWhileStopping()} was called. Any thread may call this. */
    public boolean hasThrownWhileStopping() {
        return threwWhileStopping;
    }

    public boolean isForced() {
        return context.isForced();
    }

    /** Sets {@code isForced()} and interrupts whatever this run is doing. */
    public void force() {
        context.force();
        interrupt();
    }

    public void interrupt() {
        tasks.interrupt(platform.threads(), spec.name() + "-interrupt");
    }

    /** Interrupts what it does in that phase: its start or its part in a reload. */
    public void interrupt(Phase phase) {
        tasks.interrupt(phase, platform.threads(), spec.name() + "-interrupt");
    }

    /** Counts as ended what this run does on a thread that waits for the end of the process, by the look of its stack. */
    public void leaveWhatExits(Predicate<StackTraceElement[]> exits) {
        tasks.leaveWhatExits(exits);
    }

    @Override
    public String toString() {
        return context.toString();
    }
}

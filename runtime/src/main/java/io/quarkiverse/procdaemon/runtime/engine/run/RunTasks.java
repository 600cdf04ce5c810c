package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * What is under way in a run: its phases, the tasks that it forked, and pieces of work in flight. Confined to the event loop
 * except where a method says otherwise.
 * <p>
 * Work and tasks can be closed when none is under way, and then none begins any more: one atomic variable for each decides, so
 * a clean-up never runs beside them, however begin and close race.
 */
final class RunTasks {

    /** What a thread of the run does. */
    interface Task {

        /** Which phase, or FORKED. */
        Phase phase();

        /** It is interrupted next. */
        void interruptFollows();

        /** Interrupts its thread and cancels its stage; may call code of others. */
        void interrupt();

        /** Its thread waits for the end of the process and does nothing more: that is how it ends. */
        void leave();

        /** Its thread; null if there is none yet. */
        @Nullable
        Thread thread();

        /** The stack of its thread; empty if it is a stage. */
        default StackTraceElement[] stack() {
            Thread now = thread();
            return now == null ? new StackTraceElement[0] : now.getStackTrace();
        }

        /** When it was begun, on the clock. */
        long since();

        /** Whether its thread gets no carrier of virtual threads: to begin, or to go on since before it was interrupted. */
        boolean isKeptFromRunning();
    }

    private static final Set<Task> NONE = Set.of();
    private static final int CLOSED = Integer.MIN_VALUE;

    private @Nullable Task main;
    private @Nullable Task actions;
    private @Nullable Task reload;
    private volatile Set<Task> forked = NONE;
    private final AtomicInteger children = new AtomicInteger();
    private final AtomicInteger work = new AtomicInteger();
    private volatile boolean failed;

    /** One more piece of work; false if it is too late. Any thread may call this. */
    boolean beginWork() {
        return begin(work);
    }

    /** One more piece of work of others; false also if the run has failed. Any thread may call this. */
    boolean beginWorkOfOthers() {
        return !failed && beginWork();
    }

    /** Whether {@link #failed()} has been called. Any thread may call this. */
    boolean hasFailed() {
        return failed;
    }

    /** The run has failed, which the event loop learns next. Any thread may call this. */
    void failed() {
        failed = true;
    }

    private static boolean begin(AtomicInteger count) {
        return count.getAndUpdate(now -> now == CLOSED ? CLOSED : now + 1) != CLOSED;
    }

    /** One less; true if that was the last. Any thread may call this. */
    boolean endWork() {
        return work.decrementAndGet() == 0;
    }

    /** Whether nothing is under way, and from now on no task and no work can begin; tasks begin work, and not the reverse. */
    boolean close() {
        return !hasPhase() && close(children) && close(work);
    }

    private static boolean close(AtomicInteger count) {
        return count.compareAndSet(0, CLOSED) || count.get() == CLOSED;
    }

    /** How many pieces of work there are. Any thread may call this. */
    int work() {
        return Math.max(0, work.get());
    }

    void begin(Task begun) {
        switch (begun.phase()) {
            case SHUTDOWN_ACTIONS -> actions = begun;
            case RELOAD -> reload = begun;
            default -> main = begun;
        }
    }

    /** One more task, which is to begin now; false if it is too late. Any thread may call this. */
    boolean fork(Task child) {
        Set<Task> all = forked == NONE ? firstForked() : forked;
        all.add(child);
        if (begin(children)) {
            return true;
        }
        all.remove(child);
        return false;
    }

    private synchronized Set<Task> firstForked() {
        if (forked == NONE) {
            forked = ConcurrentHashMap.newKeySet();
        }
        return forked;
    }

    void ended(Task ended) {
        switch (ended.phase()) {
            case SHUTDOWN_ACTIONS -> actions = null;
            case RELOAD -> reload = null;
            case FORKED -> {
                forked.remove(ended);
                children.decrementAndGet();
            }
            default -> main = null;
        }
    }

    /** Whether a phase, a task or work is under way. */
    boolean isAny() {
        return hasPhase() || hasForked() || work() > 0;
    }

    private boolean hasPhase() {
        return main != null || actions != null || reload != null;
    }

    /** Whether that is under way; not for shutdown actions. */
    boolean isIn(Phase phase) {
        return switch (phase) {
            case RELOAD -> reload != null;
            case FORKED -> hasForked();
            default -> main != null && main.phase() == phase;
        };
    }

    /** Whether a forked task has not ended. Any thread may call this. */
    boolean hasForked() {
        return children.get() > 0;
    }

    /** Interrupts all that is under way. */
    void interrupt(Threads threads, String name) {
        interrupt(all(), threads, name);
    }

    /** Interrupts that phase if it is under way; not for shutdown actions and forked tasks. */
    void interrupt(Phase phase, Threads threads, String name) {
        if (isIn(phase)) {
            interrupt(List.of(phase == Phase.RELOAD ? reload : main), threads, name);
        }
    }

    /** On a thread of its own, because an interrupt closes channels and a cancellation calls code that may block, or worse. */
    private static void interrupt(List<Task> targets, Threads threads, String name) {
        for (Task target : targets) {
            target.interruptFollows();
        }
        if (!targets.isEmpty()) {
            threads.startOrRun(name, new Interrupts(targets));
        }
    }

    /** Named: it is loaded before a stop needs it. */
    private record Interrupts(List<Task> targets) implements Runnable {
        @Override
        public void run() {
            for (Task target : targets) {
                target.interrupt();
            }
        }
    }

    /** Counts as ended what waits for the end of the process, by the look of its stack. */
    void leaveWhatExits(Predicate<StackTraceElement[]> exits) {
        for (Task some : all()) {
            if (exits.test(some.stack())) {
                some.leave();
            }
        }
    }

    /** All that are under way. Any thread may call this: it may be out of date. */
    List<Task> all() {
        List<Task> all = new ArrayList<>(forked);
        for (Task phase : new @Nullable Task[] { actions, reload, main }) {
            if (phase != null) {
                all.add(phase);
            }
        }
        return all;
    }

    /** The one to name if only one is named; null if there is none. Any thread may call this: it may be out of date. */
    @Nullable
    Task foremost() {
        Task first = main;
        Task second = reload;
        Task third = actions;
        if (first != null || second != null || third != null) {
            return first != null ? first : second != null ? second : third;
        }
        for (Task child : forked) {
            return child;
        }
        return null;
    }
}

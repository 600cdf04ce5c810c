package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.engine.run.HealthMonitor;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** What the supervisor has to say of a subsystem that did not do what was wanted. */
final class Errors {

    private Errors() {
    }

    static SubsystemException startTimedOut(ManagedSubsystem subsystem, Duration timeout, SubsystemRegistry registry) {
        String start = "subsystem '" + subsystem.name() + "' has not started within " + Durations.text(timeout);
        List<Run> busy = subsystem.run().isKeptFromRunning() ? busyOnCarriers(registry) : List.of();
        if (busy.isEmpty()) {
            StackTraceElement[] stack = subsystem.run().stack();
            SubsystemException error = new SubsystemException(ErrorCode.START_TIMED_OUT, subsystem.name(),
                    start + " and was interrupted; raise subsystem.start-timeout if it needs longer"
                            + (stack.length == 0 ? "" : "; the stack shows where it was"),
                    null);
            error.setStackTrace(stack);
            return error;
        }
        return new SubsystemException(ErrorCode.START_TIMED_OUT, subsystem.name(), start
                + " because its virtual thread got no carrier to run on" + advice(busy), stacks(busy));
    }

    private static List<Run> busyOnCarriers(SubsystemRegistry registry) {
        return registry.inStartOrder().stream().map(ManagedSubsystem::run)
                .filter(run -> run != null && Threads.isOnCarrier(run.thread()))
                .toList();
    }

    private static String advice(List<Run> busy) {
        return "; busy on carriers: "
                + busy.stream().map(run -> run + " in " + run.activity()).collect(Collectors.joining(", "))
                + "; set subsystem.thread=platform for those that compute without blocking";
    }

    /** As causes, one of the other: suppressed exceptions are not part of a {@link Failure}. */
    private static @Nullable Throwable stacks(List<Run> busy) {
        Throwable stacks = null;
        for (int i = busy.size(); i-- > 0;) {
            stacks = new IllegalStateException(busy.get(i) + " is busy here", stacks);
            stacks.setStackTrace(busy.get(i).stack());
        }
        return stacks;
    }

    /** Why a run would not end: the error has the stack of the thread that is stuck, or of those that keep it from running. */
    static SubsystemException stuck(Run run, SubsystemRegistry registry) {
        if (run.isKeptFromRunning()) {
            List<Run> busy = busyOnCarriers(registry);
            return new SubsystemException(ErrorCode.STOP_TIMED_OUT, run.subsystem(), "subsystem '" + run
                    + "' did not end though it was interrupted, and was abandoned in " + run.activity() + advice(busy),
                    stacks(busy));
        }
        StackTraceElement[] stack = run.stack();
        SubsystemException error = new SubsystemException(ErrorCode.STOP_TIMED_OUT, run.subsystem(), "subsystem '" + run
                + "' did not end though it was interrupted, and was abandoned in " + run.activity()
                + (stack.length == 0 ? "" : "; the stack shows where it hangs"), null);
        error.setStackTrace(stack);
        return error;
    }

    static SubsystemException hung(ManagedSubsystem subsystem, Duration timeout) {
        SubsystemException error = new SubsystemException(ErrorCode.HEARTBEAT_LOST, subsystem.name(), "subsystem '"
                + subsystem.run() + "' has given no heartbeat for " + Durations.text(timeout)
                + " and counts as hung; the stack shows where its body is; raise subsystem.heartbeat-timeout if it may be"
                + " silent for longer", null);
        error.setStackTrace(subsystem.run().stack());
        return error;
    }

    static SubsystemException unhealthy(ManagedSubsystem subsystem, HealthMonitor.Verdict verdict) {
        SubsystemException error = new SubsystemException(ErrorCode.UNHEALTHY, subsystem.name(), "subsystem '"
                + subsystem.run() + "' was unhealthy" + (verdict.times() == 1 ? "" : " " + verdict.times() + " times in a row")
                + ": " + verdict.reason()
                + (verdict.stack().length == 0 ? "" : "; the stack shows where its health check hangs"), null);
        if (verdict.stack().length > 0) {
            error.setStackTrace(verdict.stack());
        }
        return error;
    }

    static SubsystemException returned(ManagedSubsystem subsystem) {
        return new SubsystemException(ErrorCode.RUN_FAILED, subsystem.name(), "the body of subsystem '" + subsystem.run()
                + "' has returned though its restart policy is ALWAYS", null);
    }

    static SubsystemException abandoned(ManagedSubsystem subsystem) {
        return new SubsystemException(ErrorCode.STOP_TIMED_OUT, subsystem.name(), "subsystem '" + subsystem.run()
                + "' was abandoned and still runs, so it cannot be started again; restart the process",
                subsystem.status().lastThrown());
    }

    static SubsystemException stillNeeded(ManagedSubsystem subsystem) {
        return new SubsystemException(ErrorCode.STILL_NEEDED, subsystem.name(), "subsystem '" + subsystem.name()
                + "' cannot be unregistered because others depend on it: "
                + subsystem.dependents().stream().map(ManagedSubsystem::name).collect(Collectors.joining(", "))
                + "; unregister those first",
                null);
    }

    static SubsystemException superseded(String subsystem, String what) {
        return new SubsystemException(ErrorCode.SUPERSEDED, subsystem, "subsystem '" + subsystem + "' " + what, null);
    }

    static SubsystemException unavailable(ManagedSubsystem subsystem, ManagedSubsystem obstacle) {
        return new SubsystemException(ErrorCode.DEPENDENCY_UNAVAILABLE, subsystem.name(), "subsystem '" + subsystem.name()
                + "' waits for '" + obstacle.name() + "', which is " + obstacle.state() + "; it starts when '" + obstacle.name()
                + "' is started", null);
    }

    /** The last failure of a subsystem. */
    static SubsystemException last(ManagedSubsystem subsystem) {
        Failure failure = subsystem.status().lastFailure();
        Throwable thrown = subsystem.status().lastThrown();
        if (thrown instanceof SubsystemException known) {
            return known;
        }
        return switch (failure.phase()) {
            case START -> new SubsystemException(ErrorCode.START_FAILED, subsystem.name(),
                    "subsystem '" + subsystem.name() + "' failed to start: " + Thrown.summary(failure), thrown);
            case RUN -> new SubsystemException(ErrorCode.RUN_FAILED, subsystem.name(),
                    "subsystem '" + subsystem.name() + "' failed: " + Thrown.summary(failure), thrown);
            case STOP -> new SubsystemException(ErrorCode.STOP_FAILED, subsystem.name(),
                    "the clean-up of subsystem '" + subsystem.name() + "' failed: " + Thrown.summary(failure), thrown);
        };
    }
}

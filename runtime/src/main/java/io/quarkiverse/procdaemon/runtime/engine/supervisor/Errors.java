package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.runtime.engine.foreign.FailureText;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;

/** What the supervisor has to say of a subsystem that did not do what was wanted. */
final class Errors {

    private Errors() {
    }

    static SubsystemException startTimedOut(Node node, Duration timeout) {
        return new SubsystemException(ErrorCode.START_TIMED_OUT, node.name(),
                "subsystem '" + node.name() + "' has not started within " + DurationText.of(timeout)
                        + " and was interrupted; raise subsystem.start-timeout if it needs longer",
                null);
    }

    static SubsystemException hung(Node node, Duration timeout) {
        SubsystemException error = new SubsystemException(ErrorCode.HEARTBEAT_LOST, node.name(), "subsystem '"
                + node.generation() + "' has given no heartbeat for " + DurationText.of(timeout)
                + " and counts as hung; the stack shows where its body is; raise subsystem.heartbeat-timeout if it may be"
                + " silent for longer", null);
        error.setStackTrace(node.generation().stack());
        return error;
    }

    static SubsystemException unhealthy(Node node, int times, String reason) {
        ProbeCall call = node.probeCall();
        StackTraceElement[] stack = call == null ? new StackTraceElement[0] : call.stack();
        SubsystemException error = new SubsystemException(ErrorCode.UNHEALTHY, node.name(), "subsystem '" + node.generation()
                + "' was unhealthy " + times + " times in a row: " + reason
                + (stack.length == 0 ? "" : "; the stack shows where its health check hangs"), null);
        if (stack.length > 0) {
            error.setStackTrace(stack);
        }
        return error;
    }

    static SubsystemException returned(Node node) {
        return new SubsystemException(ErrorCode.RUN_FAILED, node.name(), "the body of subsystem '" + node.generation()
                + "' has returned though its restart policy is ALWAYS", null);
    }

    static SubsystemException abandoned(Node node) {
        return new SubsystemException(ErrorCode.STOP_TIMED_OUT, node.name(), "subsystem '" + node.generation()
                + "' was abandoned and still runs, so it cannot be started again; restart the process",
                node.lifecycle().status().lastThrown());
    }

    static SubsystemException stillNeeded(Node node) {
        return new SubsystemException(ErrorCode.STILL_NEEDED, node.name(), "subsystem '" + node.name()
                + "' cannot be unregistered because others depend on it: "
                + node.dependents().stream().map(Node::name).collect(Collectors.joining(", ")) + "; unregister those first",
                null);
    }

    static SubsystemException superseded(Node node, String what) {
        return new SubsystemException(ErrorCode.SUPERSEDED, node.name(), "subsystem '" + node.name() + "' " + what, null);
    }

    static SubsystemException unavailable(Node node, Node obstacle) {
        return new SubsystemException(ErrorCode.DEPENDENCY_UNAVAILABLE, node.name(), "subsystem '" + node.name()
                + "' waits for '" + obstacle.name() + "', which is " + obstacle.state() + "; it starts when '" + obstacle.name()
                + "' is started", null);
    }

    /** The last failure of a subsystem. */
    static SubsystemException last(Node node) {
        Failure failure = node.lifecycle().status().lastFailure();
        Throwable thrown = node.lifecycle().status().lastThrown();
        if (thrown instanceof SubsystemException known) {
            return known;
        }
        return switch (failure.phase()) {
            case START -> new SubsystemException(ErrorCode.START_FAILED, node.name(),
                    "subsystem '" + node.name() + "' failed to start: " + FailureText.of(failure), thrown);
            case RUN -> new SubsystemException(ErrorCode.RUN_FAILED, node.name(),
                    "subsystem '" + node.name() + "' failed: " + FailureText.of(failure), thrown);
            case STOP -> new SubsystemException(ErrorCode.STOP_FAILED, node.name(),
                    "the clean-up of subsystem '" + node.name() + "' failed: " + FailureText.of(failure), thrown);
        };
    }
}

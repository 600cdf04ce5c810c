package io.quarkiverse.procdaemon.runtime.engine.supervision;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;

/** What the supervisor has to say of a subsystem that did not do what was wanted. */
final class Errors {

    private Errors() {
    }

    static SubsystemException startTimedOut(Node node) {
        return new SubsystemException(ErrorCode.START_TIMED_OUT, node.name(),
                "subsystem '" + node.name() + "' has not started within "
                        + DurationText.of(node.spec().settings().startTimeout())
                        + " and was interrupted; raise subsystem.start-timeout if it needs longer",
                null);
    }

    static SubsystemException unavailable(Node node, Node obstacle) {
        return new SubsystemException(ErrorCode.DEPENDENCY_UNAVAILABLE, node.name(), "subsystem '" + node.name()
                + "' waits for '" + obstacle.name() + "', which is " + obstacle.state() + "; it starts when '" + obstacle.name()
                + "' is started", null);
    }

    static SubsystemException of(Node node, Failure failure) {
        if (failure.cause() instanceof SubsystemException known) {
            return known;
        }
        return switch (failure.phase()) {
            case START -> new SubsystemException(ErrorCode.START_FAILED, node.name(),
                    "subsystem '" + node.name() + "' failed to start: " + failure.message(), failure.cause());
            case RUN -> new SubsystemException(ErrorCode.RUN_FAILED, node.name(),
                    "subsystem '" + node.name() + "' failed: " + failure.message(), failure.cause());
            case STOP -> new SubsystemException(ErrorCode.STOP_FAILED, node.name(),
                    "the clean-up of subsystem '" + node.name() + "' failed: " + failure.message(), failure.cause());
        };
    }
}

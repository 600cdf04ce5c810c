package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Status;

/** What can be asked of a single subsystem by hand. All methods may be called from any thread. */
public final class Commands {

    private final Supervisor supervisor;

    /** @param supervisor who carries them out */
    public Commands(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    /** See {@link io.quarkiverse.procdaemon.Daemon#start(String)}. */
    public CompletionStage<Void> start(Node node) {
        return command(node, (subject, promise) -> {
            subject.started.add(promise);
            if (subject.isAvailable()) {
                subject.started.keep();
            } else {
                bringUp(subject);
            }
        });
    }

    /** See {@link io.quarkiverse.procdaemon.Daemon#restart(String)}. */
    public CompletionStage<Void> restart(Node node) {
        return command(node, (subject, promise) -> {
            subject.started.add(promise);
            if (subject.isActive()) {
                supervisor.bringDown(subject, new ShutdownReason.Restart());
            }
            bringUp(subject);
        });
    }

    /** See {@link io.quarkiverse.procdaemon.Daemon#stop(String)}. */
    public CompletionStage<Void> stop(Node node) {
        return command(node, (subject, promise) -> {
            subject.stopped.add(promise);
            subject.wanted = false;
            if (subject.isActive()) {
                supervisor.bringDown(subject, new ShutdownReason.Stop());
            } else {
                supervisor.stopIdle(subject);
                subject.stopped.keep();
            }
        });
    }

    private CompletionStage<Void> command(Node node, BiConsumer<Node, CompletableFuture<Void>> what) {
        CompletableFuture<Void> promise = new CompletableFuture<>();
        supervisor.post(() -> what.accept(node, promise));
        return promise.minimalCompletionStage();
    }

    private void bringUp(Node node) {
        if (supervisor.isStoppingAll()) {
            node.started.fail(() -> new SubsystemException(ErrorCode.SUPERSEDED, node.name(),
                    "subsystem '" + node.name() + "' is not started because the daemon is shutting down", null));
        } else if (!node.isActive() && node.generation() != null && node.generation().isBusy()) {
            node.started.fail(() -> new SubsystemException(ErrorCode.STOP_TIMED_OUT, node.name(), "subsystem '"
                    + node.generation() + "' was abandoned and still runs, so it cannot be started again; restart the process",
                    node.lifecycle().status().lastFailure().cause()));
        } else {
            supervisor.want(node);
            Node obstacle = unwantedBelow(node);
            if (obstacle != null) {
                node.started.fail(() -> Errors.unavailable(node, obstacle));
            }
        }
    }

    /** A dependency, direct or not, that will not start by itself. */
    private static Node unwantedBelow(Node node) {
        Set<Node> seen = new HashSet<>();
        ArrayDeque<Node> open = new ArrayDeque<>();
        open.add(node);
        while (!open.isEmpty()) {
            for (Node dependency : open.remove().dependencies()) {
                if (!dependency.wanted) {
                    return dependency;
                }
                if (seen.add(dependency)) {
                    open.add(dependency);
                }
            }
        }
        return null;
    }

    /** Says to whoever waits for it that the node, which is down, will not come back by itself. Called in the mailbox. */
    static void settle(Node node) {
        Status status = node.lifecycle().status();
        Failure failure = status.lastFailure();
        if (status.state() != SubsystemState.FAILED) {
            node.stopped.keep();
            node.started.fail(() -> new SubsystemException(ErrorCode.SUPERSEDED, node.name(),
                    "subsystem '" + node.name() + "' was stopped before it was RUNNING", null));
        } else {
            node.started.fail(() -> Errors.of(node, failure));
            if (failure.phase() == SubsystemEvent.Phase.STOP) {
                node.stopped.fail(() -> Errors.of(node, failure));
            } else {
                node.stopped.keep();
            }
        }
        failWaiting(node);
    }

    private static void failWaiting(Node obstacle) {
        if (Arrays.stream(obstacle.dependents()).noneMatch(dependent -> dependent.state() == SubsystemState.WAITING)) {
            return;
        }
        ArrayDeque<Node> open = new ArrayDeque<>();
        Set<Node> seen = new HashSet<>();
        open.add(obstacle);
        while (!open.isEmpty()) {
            for (Node dependent : open.remove().dependents()) {
                if (dependent.state() == SubsystemState.WAITING && seen.add(dependent)) {
                    dependent.started.fail(() -> Errors.unavailable(dependent, obstacle));
                    open.add(dependent);
                }
            }
        }
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemNotFoundException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.FailureText;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Generation;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Lifecycle;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Status;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Family;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Node;

/** What readers get to see of the subsystems: a few volatile reads each, and the rest is immutable. */
final class Snapshots {

    private final Family family;

    Snapshots(Family family) {
        this.family = family;
    }

    List<SubsystemInfo> all() {
        return family.inStartOrder().stream().map(Snapshots::of).toList();
    }

    Optional<SubsystemInfo> of(String name) {
        return Optional.ofNullable(family.get(name)).map(Snapshots::of);
    }

    /** The subsystem itself. */
    Node known(String name) {
        Node node = family.get(name);
        if (node == null) {
            throw new SubsystemNotFoundException(name, family.inStartOrder().stream().map(Node::name).toList());
        }
        return node;
    }

    /** The current run of a subsystem; empty if it is not RUNNING, or not there. */
    Optional<Generation> running(String name) {
        return Optional.ofNullable(family.get(name)).map(Node::lifecycle).flatMap(Snapshots::running);
    }

    private static Optional<Generation> running(Lifecycle lifecycle) {
        Status status = lifecycle.status();
        // Read after the status, so it may be the next run already, which has not started.
        return Optional.ofNullable(lifecycle.generation())
                .filter(generation -> status.state() == SubsystemState.RUNNING && generation.isRunOf(status));
    }

    /** The name of the first subsystem that a start is waiting for, in the end. */
    String firstNotStarted() {
        return firstIn(SubsystemState.STARTING).or(() -> firstIn(SubsystemState.RESTARTING))
                .or(() -> firstIn(SubsystemState.WAITING)).orElse("none");
    }

    private Optional<String> firstIn(SubsystemState wanted) {
        return family.inStartOrder().stream().filter(node -> node.lifecycle().state() == wanted).map(Node::name).findFirst();
    }

    private static SubsystemInfo of(Node node) {
        Status status = node.lifecycle().status();
        Generation generation = node.lifecycle().generation();
        SubsystemSettings settings = node.spec().settings();
        boolean waiting = status.state() == SubsystemState.WAITING;
        return new SubsystemInfo(node.name(), status.state(), status.generation(), status.since(), status.restarts(),
                status.failures(), Optional.ofNullable(status.lastFailure()), node.spec().dependsOn(),
                node.dependents().stream().map(Node::name).toList(), waiting ? node.waitingFor() : List.of(),
                settings.restart().policy(), settings.critical(), status.healthy(),
                generation != null && generation.isRunOf(status) ? generation.inFlight() : 0, reason(node, status),
                OptionalInt.empty(), Optional.empty());
    }

    private static Optional<String> reason(Node node, Status status) {
        String reason = switch (status.state()) {
            case WAITING -> waitingFor(node);
            case RESTARTING, FAILED -> message(status);
            default -> "";
        };
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    private static String waitingFor(Node node) {
        return Arrays.stream(node.dependencies()).map(dependency -> waitingFor(dependency, dependency.lifecycle().status()))
                .filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
    }

    private static String waitingFor(Node dependency, Status status) {
        return switch (status.state()) {
            case RUNNING -> "";
            case RESTARTING, FAILED -> "waits for '" + dependency.name() + "', which is " + status.state() + ": "
                    + message(status);
            default -> "waits for '" + dependency.name() + "', which is " + status.state();
        };
    }

    /** An ALWAYS subsystem that has only returned is RESTARTING without a failure. */
    private static String message(Status status) {
        Failure failure = status.lastFailure();
        return failure == null ? "its body has returned" : FailureText.of(failure);
    }
}

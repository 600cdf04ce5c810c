package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.time.Instant;
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
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Lifecycle;
import io.quarkiverse.procdaemon.runtime.engine.run.RestartBudget;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Family;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Node;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Now;

/** What readers get to see of the subsystems: a few volatile reads each, and the rest is immutable. */
final class Snapshots {

    private final Family family;
    private final Clock ticker;

    Snapshots(Family family, Clock ticker) {
        this.family = family;
        this.ticker = ticker;
    }

    List<SubsystemInfo> all() {
        return family.inStartOrder().stream().map(this::of).toList();
    }

    Optional<SubsystemInfo> of(String name) {
        return Optional.ofNullable(family.get(named(name))).map(this::of);
    }

    /** The subsystem itself. */
    Node known(String name) {
        Node node = family.get(named(name));
        if (node == null) {
            throw new SubsystemNotFoundException(name, family.inStartOrder().stream().map(Node::name).toList());
        }
        return node;
    }

    private static String named(String name) {
        if (name == null) {
            throw new IllegalArgumentException("the name is null");
        }
        return name;
    }

    /** The current run of a subsystem; empty if it is not RUNNING, or not there. */
    Optional<Generation> running(String name) {
        return Optional.ofNullable(family.get(name)).map(Node::lifecycle).flatMap(Snapshots::running);
    }

    private static Optional<Generation> running(Lifecycle lifecycle) {
        Status status = lifecycle.status();
        // Read after the status, so it may be the next run already, which has not started.
        return Optional.ofNullable(lifecycle.generation())
                .filter(generation -> generation.isRunningIn(status));
    }

    /** The name of the first subsystem that a start is waiting for, in the end. */
    String firstNotStarted() {
        return firstIn(SubsystemState.STARTING).or(() -> firstIn(SubsystemState.RESTARTING))
                .or(() -> firstIn(SubsystemState.WAITING)).orElse("none");
    }

    private Optional<String> firstIn(SubsystemState wanted) {
        return family.inStartOrder().stream().filter(node -> node.lifecycle().state() == wanted).map(Node::name).findFirst();
    }

    private SubsystemInfo of(Node node) {
        Status status = node.lifecycle().status();
        Generation generation = node.lifecycle().generation();
        SubsystemSettings settings = node.spec().settings();
        boolean waiting = status.state() == SubsystemState.WAITING;
        return new SubsystemInfo(node.name(), status.state(), status.generation(), status.since(), status.restarts(),
                status.failures(), Optional.ofNullable(status.lastFailure()), node.spec().dependsOn(),
                node.dependents().stream().map(Node::name).toList(), waiting ? node.waitingFor() : List.of(),
                settings.restart().policy(), settings.critical(), status.healthy(),
                generation != null && generation.isRunOf(status) ? generation.inFlight() : 0, reason(node, status),
                restartsLeft(status, settings.restart()), nextAttempt(status));
    }

    private OptionalInt restartsLeft(Status status, RestartSettings settings) {
        if (settings.maxRestarts() != RestartSettings.UNLIMITED && status.state() == SubsystemState.FAILED) {
            return OptionalInt.of(0);
        }
        boolean stable = status.state() == SubsystemState.RUNNING
                && Duration.between(status.since(), ticker.now()).compareTo(settings.stableAfter()) >= 0;
        RestartBudget budget = stable ? status.budget().afterStableRun() : status.budget();
        return budget.left(ticker.nanos(), settings);
    }

    private static Optional<Instant> nextAttempt(Status status) {
        return status.state() == SubsystemState.RESTARTING ? Optional.of(Now.instant(status.nextAttempt())) : Optional.empty();
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

package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemNotFoundException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.loop.LoopClock;
import io.quarkiverse.procdaemon.runtime.engine.run.Activity;
import io.quarkiverse.procdaemon.runtime.engine.run.RestartBudget;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ManagedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.SubsystemRegistry;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** What readers get to see of the subsystems: a few volatile reads each, and the rest is immutable. */
final class Snapshots implements SubsystemDetails {

    private final SubsystemRegistry registry;
    private final Clock clock;

    /** What a subsystem waits for, and why that is not there. */
    private record Waiting(List<String> names, String reason) {
        static final Waiting FOR_NOTHING = new Waiting(List.of(), "");
    }

    Snapshots(SubsystemRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    List<SubsystemInfo> all() {
        return registry.inStartOrder().stream().map(this::of).toList();
    }

    Optional<SubsystemInfo> of(String name) {
        return Optional.ofNullable(registry.get(named(name))).map(this::of);
    }

    /** Which group of health checks a subsystem is in; empty if it is in none, or not there. */
    @Override
    public Optional<String> healthGroup(String name) {
        return Optional.ofNullable(registry.get(name)).map(subsystem -> subsystem.spec().settings().health().group());
    }

    /** The prefixes of the keys whose change restarts subsystems, by their names. */
    Map<String, List<String>> restartOn() {
        Map<String, List<String>> prefixes = new HashMap<>();
        for (ManagedSubsystem subsystem : registry.inStartOrder()) {
            if (!subsystem.spec().restartOn().isEmpty()) {
                prefixes.put(subsystem.name(), subsystem.spec().restartOn());
            }
        }
        return prefixes;
    }

    /** The subsystem itself. */
    ManagedSubsystem known(String name) {
        ManagedSubsystem subsystem = registry.get(named(name));
        if (subsystem == null) {
            throw new SubsystemNotFoundException(name, registry.inStartOrder().stream().map(ManagedSubsystem::name).toList());
        }
        return subsystem;
    }

    private static String named(String name) {
        if (name == null) {
            throw new IllegalArgumentException("the name is null");
        }
        return name;
    }

    /** The current run of a subsystem; empty if it is not RUNNING, or not there. */
    Optional<Run> running(String name) {
        return Optional.ofNullable(registry.get(name)).flatMap(Snapshots::running);
    }

    private static Optional<Run> running(ManagedSubsystem subsystem) {
        Status status = subsystem.status();
        // Read after the status, so it may be the next run already, which has not started.
        return Optional.ofNullable(subsystem.run())
                .filter(generation -> generation.isRunningIn(status));
    }

    /** What the current run of a subsystem does; empty if it does nothing, or is not there. */
    List<Activity> activities(String name) {
        ManagedSubsystem subsystem = registry.get(name);
        Run run = subsystem == null ? null : subsystem.run();
        return run == null ? List.of() : Activity.of(run);
    }

    /** How old the last heartbeat of a subsystem is; empty if it need not give any, is not RUNNING, or not there. */
    @Override
    public Optional<Duration> heartbeatAge(String name) {
        return registry.heartbeatAge(named(name));
    }

    /** The name of a critical subsystem whose run was abandoned and has not ended. */
    Optional<String> hungRun() {
        return registry.inStartOrder().stream()
                .filter(subsystem -> subsystem.spec().settings().critical() && subsystem.isAbandoned())
                .map(ManagedSubsystem::name).findFirst();
    }

    /** The name of the first subsystem that a start is waiting for, in the end. */
    String firstNotStarted() {
        return firstIn(SubsystemState.STARTING).or(() -> firstIn(SubsystemState.RESTARTING))
                .or(() -> firstIn(SubsystemState.WAITING)).orElse("none");
    }

    private Optional<String> firstIn(SubsystemState wanted) {
        return registry.inStartOrder().stream().filter(subsystem -> subsystem.status().state() == wanted)
                .map(ManagedSubsystem::name).findFirst();
    }

    private SubsystemInfo of(ManagedSubsystem subsystem) {
        Status status = subsystem.status();
        Run generation = subsystem.run();
        SubsystemSettings settings = subsystem.spec().settings();
        Waiting waiting = status.state() == SubsystemState.WAITING ? waiting(subsystem) : Waiting.FOR_NOTHING;
        return new SubsystemInfo(subsystem.name(), status.state(), status.generation(), status.since(), status.restarts(),
                status.failures(), Optional.ofNullable(status.lastFailure()), subsystem.spec().dependsOn(),
                subsystem.dependents().stream().map(ManagedSubsystem::name).toList(),
                waiting.names(),
                settings.restart().policy(), settings.critical(), status.healthy(),
                generation != null && generation.number() == status.generation() ? generation.inFlight() : 0,
                reason(subsystem, status, waiting),
                restartsLeft(generation, status, settings.restart()), nextAttempt(status));
    }

    private OptionalInt restartsLeft(@Nullable Run run, Status status, RestartSettings settings) {
        if (settings.maxRestarts() != RestartSettings.UNLIMITED && status.state() == SubsystemState.FAILED) {
            return OptionalInt.of(0);
        }
        boolean stable = status.state() == SubsystemState.RUNNING && run != null && run.isProven()
                && Duration.between(status.since(), clock.now()).compareTo(settings.stableAfter()) >= 0;
        RestartBudget budget = stable ? status.budget().afterStableRun() : status.budget();
        return budget.left(clock.nanos(), settings);
    }

    private static Optional<Instant> nextAttempt(Status status) {
        return status.state() == SubsystemState.RESTARTING ? Optional.of(LoopClock.instant(status.nextAttempt()))
                : Optional.empty();
    }

    private Optional<String> reason(ManagedSubsystem subsystem, Status status, Waiting waiting) {
        String reason = switch (status.state()) {
            case WAITING -> waiting.reason();
            case FAILED -> cleanUp(subsystem, status) + message(status);
            case RESTARTING -> message(status);
            default -> status.budget().isInOutage() ? message(status) : "";
        };
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /** One that was to stop is FAILED, too, if its clean-up failed. */
    private static String cleanUp(ManagedSubsystem subsystem, Status status) {
        Failure failure = status.lastFailure();
        if (failure == null || failure.phase() != SubsystemEvent.Phase.STOP || subsystem.isAbandoned()) {
            return "";
        }
        Run run = subsystem.run();
        return run != null && run.isForced() ? "its clean-up failed after the interrupt: " : "its clean-up failed: ";
    }

    /** By one look at each dependency, so that the names and the reason agree. */
    private Waiting waiting(ManagedSubsystem subsystem) {
        List<String> names = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (ManagedSubsystem dependency : subsystem.dependencies()) {
            Status status = dependency.status();
            if (status.state() != SubsystemState.RUNNING) {
                names.add(dependency.name());
                reasons.add(waitingFor(dependency, status));
            }
        }
        return names.isEmpty() ? Waiting.FOR_NOTHING : new Waiting(List.copyOf(names), String.join("; ", reasons));
    }

    private String waitingFor(ManagedSubsystem dependency, Status status) {
        return switch (status.state()) {
            case RESTARTING, FAILED -> "waits for '" + dependency.name() + "', which is " + status.state() + ": "
                    + message(status);
            default -> "waits for '" + dependency.name() + "', which is " + status.state();
        };
    }

    /** An ALWAYS subsystem that has only returned is RESTARTING without a failure. */
    private String message(Status status) {
        Failure failure = status.lastFailure();
        String what = failure == null ? "its body has returned" : Thrown.summary(failure);
        long outage = status.budget().outageLasts(clock.nanos());
        return status.budget().isInOutage()
                ? "what it needs has been unavailable for " + Durations.text(Duration.ofNanos(outage)) + ": " + what
                : what;
    }
}

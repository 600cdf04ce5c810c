package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.runtime.engine.events.EventSink;
import io.quarkiverse.procdaemon.runtime.engine.graph.GraphProblem;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.LoopClock;
import io.quarkiverse.procdaemon.runtime.engine.run.HeartbeatMonitor;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;

/** All subsystems, linked as the graph says. Changed on the event loop only, read anywhere. */
public final class SubsystemRegistry {

    /**
     * What has become of a subsystem while a message was handled, and what the supervisor has still to draw conclusions from.
     *
     * @param subsystem which
     */
    record Change(Kind kind, ManagedSubsystem subsystem) {
        enum Kind {
            /** It is RUNNING. */
            RUNNING,
            /** Its run has ended and is cleaned up; what follows is not decided yet. */
            ENDED,
            /** Its run would not end. It is FAILED. */
            ABANDONED,
            /** It is STOPPED or FAILED and will not start again by itself. */
            AT_REST
        }
    }

    private final LoopClock now;
    private final EventSink events;
    private final List<ManagedSubsystem> inStartOrder;
    private final Map<String, ManagedSubsystem> byName = new ConcurrentHashMap<>();

    /** @param inStartOrder each after those that it depends on */
    SubsystemRegistry(List<SubsystemSpec> inStartOrder, LoopClock now, EventSink events) {
        this.now = now;
        this.events = events;
        List<ManagedSubsystem> all = inStartOrder.stream().map(this::make).toList();
        Map<ManagedSubsystem, List<ManagedSubsystem>> dependents = new HashMap<>();
        for (ManagedSubsystem subsystem : all) {
            for (ManagedSubsystem dependency : subsystem.dependencies()) {
                dependents.computeIfAbsent(dependency, any -> new ArrayList<>()).add(subsystem);
            }
        }
        // All at once: to add to such a list one by one copies it each time.
        dependents.forEach((dependency, its) -> dependency.dependents().addAll(its));
        this.inStartOrder = new CopyOnWriteArrayList<>(all);
    }

    /** What it depends on is there, and does not know of it yet. */
    private ManagedSubsystem make(SubsystemSpec spec) {
        List<ManagedSubsystem> dependencies = new ArrayList<>(spec.dependsOn().size());
        for (String dependency : spec.dependsOn()) {
            dependencies.add(byName.get(dependency));
        }
        ManagedSubsystem subsystem = new ManagedSubsystem(spec, new Lifecycle(spec.name(), now, events),
                List.copyOf(dependencies));
        byName.put(spec.name(), subsystem);
        return subsystem;
    }

    /** In start order; a snapshot if it is iterated or copied. Not to be changed. */
    public List<ManagedSubsystem> inStartOrder() {
        return inStartOrder;
    }

    /** The last one first; a snapshot. */
    public List<ManagedSubsystem> inStopOrder() {
        List<ManagedSubsystem> reversed = new ArrayList<>(inStartOrder);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Whether any has not ended. The first in start order are mostly the last to end, so that this looks at few. */
    boolean isAnyActive() {
        for (ManagedSubsystem subsystem : inStartOrder) {
            if (subsystem.isActive()) {
                return true;
            }
        }
        return false;
    }

    /** The subsystem of that name, or null. */
    public @Nullable ManagedSubsystem get(String name) {
        return byName.get(name);
    }

    /**
     * How old the last heartbeat of a subsystem is; empty if it need not give any, is not RUNNING, or not there. Any thread may
     * call this.
     */
    public Optional<Duration> heartbeatAge(String name) {
        ManagedSubsystem subsystem = byName.get(name);
        HeartbeatMonitor monitor = subsystem == null ? null : subsystem.heartbeats;
        return monitor == null ? Optional.empty() : Optional.of(monitor.age());
    }

    /** The subsystem whose current or last run this is; null if it has had another since, or is not there any more. */
    @Nullable
    ManagedSubsystem current(Run run) {
        ManagedSubsystem subsystem = byName.get(run.subsystem());
        return subsystem != null && subsystem.run() == run ? subsystem : null;
    }

    /**
     * Adds one that depends only on what is there, so that it comes last in start order and closes no ring.
     *
     * @throws InvalidConfigurationException with every problem, if there is any
     */
    ManagedSubsystem add(SubsystemSpec spec) {
        List<GraphProblem> problems = problems(spec);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(ErrorCode.INVALID_SUBSYSTEMS, "the registration of '" + spec.name() + "'",
                    problems.stream().map(GraphProblem::describe).toList());
        }
        ManagedSubsystem subsystem = make(spec);
        subsystem.dependencies().forEach(dependency -> dependency.dependents().add(subsystem));
        inStartOrder.add(subsystem);
        return subsystem;
    }

    private List<GraphProblem> problems(SubsystemSpec spec) {
        List<GraphProblem> problems = new ArrayList<>();
        if (!SubsystemSpec.isLegalName(spec.name())) {
            problems.add(new GraphProblem.IllegalName(spec.name()));
        }
        if (byName.containsKey(spec.name())) {
            problems.add(new GraphProblem.DuplicateName(spec.name()));
        }
        for (String dependency : spec.dependsOn()) {
            ManagedSubsystem known = byName.get(dependency);
            if (dependency.equals(spec.name())) {
                problems.add(new GraphProblem.Cycle(List.of(spec.name(), spec.name())));
            } else if (known == null || known.leaving) {
                problems.add(new GraphProblem.UnknownDependency(spec.name(), dependency,
                        byName.keySet().stream().sorted().toList()));
            }
        }
        return problems;
    }

    /** Removes one that nothing depends on. */
    void remove(ManagedSubsystem subsystem) {
        byName.remove(subsystem.name());
        inStartOrder.remove(subsystem);
        subsystem.dependencies().forEach(dependency -> dependency.dependents().remove(subsystem));
    }
}

package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;

/**
 * Who may start and who may stop. Two local rules give both orders: a waiting subsystem starts when none of its dependencies is
 * unavailable, and one that is to end is asked to stop when none of its dependents is active. Whatever brings a count to zero
 * puts the subsystem in one of two queues, from which the supervisor takes them one by one, so the depth of the graph costs no
 * stack. Confined to the event loop.
 */
final class DependencyScheduler {

    private final ArrayDeque<ManagedSubsystem> startable = new ArrayDeque<>();
    private final ArrayDeque<ManagedSubsystem> stoppable = new ArrayDeque<>();

    /** The next to be asked to stop; null if there is none. */
    @Nullable
    ManagedSubsystem nextToStop() {
        ManagedSubsystem next = stoppable.poll();
        while (next != null && !next.mayBeAskedToStop()) {
            next = stoppable.poll();
        }
        return next;
    }

    /** The next to be started; null if there is none. To be called when none is to be stopped: it might be what this needs. */
    @Nullable
    ManagedSubsystem nextToStart() {
        ManagedSubsystem next = startable.poll();
        while (next != null && !next.mayStart()) {
            next = startable.poll();
        }
        return next;
    }

    /** It is WAITING from now on, until its dependencies are RUNNING. */
    void enqueue(ManagedSubsystem subsystem) {
        subsystem.lifecycle().waitForDependencies(subsystem::waitingFor);
        if (subsystem.unavailableDependencies == 0) {
            startable.add(subsystem);
        }
    }

    /** It is about to start: its dependencies must outlive it. */
    void hold(ManagedSubsystem subsystem) {
        for (ManagedSubsystem dependency : subsystem.dependencies()) {
            dependency.activeDependents++;
        }
    }

    /** It has ended: its dependencies need not wait for it any more. */
    void release(ManagedSubsystem subsystem) {
        for (ManagedSubsystem dependency : subsystem.dependencies()) {
            if (--dependency.activeDependents == 0 && dependency.ending != null) {
                stoppable.add(dependency);
            }
        }
    }

    /** It is RUNNING: its dependents may start. */
    void available(ManagedSubsystem subsystem) {
        for (ManagedSubsystem dependent : subsystem.dependents()) {
            if (--dependent.unavailableDependencies == 0 && dependent.state() == SubsystemState.WAITING) {
                startable.add(dependent);
            }
        }
    }

    /** It is RUNNING no more, or not for long: nothing may start on it. */
    void unavailable(ManagedSubsystem subsystem) {
        for (ManagedSubsystem dependent : subsystem.dependents()) {
            dependent.unavailableDependencies++;
        }
    }

    /** It is not to run any more: its dependents end, then it does, unless it is down already. */
    void bringDown(ManagedSubsystem first, ShutdownReason reason) {
        if (first.isActive()) {
            end(first, reason);
        }
        endDependents(first);
    }

    /** It is to end and may come back: its dependents end before it only if its settings say so. */
    void replace(ManagedSubsystem first, ShutdownReason reason) {
        if (first.ending != null) {
            return;
        }
        if (stopsDependents(first)) {
            bringDown(first, reason);
        } else {
            first.ignoresDependents = true;
            end(first, reason);
        }
    }

    private void endDependents(ManagedSubsystem first) {
        ArrayDeque<ManagedSubsystem> affected = new ArrayDeque<>();
        affected.add(first);
        while (!affected.isEmpty()) {
            for (ManagedSubsystem dependent : affected.remove().dependents()) {
                if (dependent.isStaying()) {
                    dependent.ignoresDependents = !stopsDependents(dependent);
                    end(dependent, new ShutdownReason.DependencyLost(first.name()));
                    if (!dependent.ignoresDependents) {
                        affected.add(dependent);
                    }
                }
            }
        }
    }

    private static boolean stopsDependents(ManagedSubsystem subsystem) {
        return subsystem.spec().settings().stopsDependents();
    }

    private void end(ManagedSubsystem subsystem, ShutdownReason reason) {
        if (subsystem.isAvailable()) {
            unavailable(subsystem);
        }
        markEnding(subsystem, reason);
    }

    /**
     * It is to end, and is asked to stop once no dependent is active. The first reason counts. Does not make it unavailable to
     * its dependents: when all are to end, none of them starts.
     */
    void markEnding(ManagedSubsystem subsystem, ShutdownReason reason) {
        if (subsystem.ending != null) {
            return;
        }
        subsystem.ending = reason;
        if (subsystem.activeDependents == 0 || subsystem.ignoresDependents) {
            stoppable.add(subsystem);
        }
    }

    /** After a bug, which may have lost it: it is to end, and may have to be asked. */
    void review(ManagedSubsystem subsystem) {
        subsystem.recountDependents();
        if (subsystem.isActive() && subsystem.mayBeAskedToStop()) {
            stoppable.add(subsystem);
        }
    }

    /** What the subsystem waits for, directly or not, that will not start by itself: one that is down already, if any is. */
    static @Nullable ManagedSubsystem unwantedBelow(ManagedSubsystem subsystem) {
        Set<ManagedSubsystem> seen = new HashSet<>();
        ArrayDeque<ManagedSubsystem> unseen = new ArrayDeque<>();
        unseen.add(subsystem);
        ManagedSubsystem active = null;
        while (!unseen.isEmpty()) {
            for (ManagedSubsystem dependency : unseen.remove().dependencies()) {
                if (!dependency.wanted && !dependency.isActive()) {
                    return dependency;
                }
                if (!dependency.wanted && active == null) {
                    active = dependency;
                }
                if (!dependency.isStaying() && seen.add(dependency)) {
                    unseen.add(dependency);
                }
            }
        }
        return active;
    }
}

package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;

/**
 * Which subsystems are to run and which are not, each by itself or all together. When that comes true is for the scheduler to
 * say. Confined to the event loop.
 */
final class DesiredState {

    private final SubsystemRegistry registry;
    private final DependencyScheduler scheduler;
    private final Queue<SubsystemRegistry.Change> changes;
    private final Queue<ManagedSubsystem> next = new ArrayDeque<>();
    private boolean allWanted;
    private boolean noneWanted;

    /** @param changes where it leaves what has become of subsystems */
    DesiredState(SubsystemRegistry registry, DependencyScheduler scheduler, Queue<SubsystemRegistry.Change> changes) {
        this.registry = registry;
        this.scheduler = scheduler;
        this.changes = changes;
    }

    /** From now on all are to run, also those that are registered later; {@link #wantNext} wants one after the other. */
    void wantAll() {
        allWanted = true;
        next.addAll(registry.inStartOrder());
    }

    /** Whether any are left for {@link #wantNext}. */
    boolean isAnyToCome() {
        return !next.isEmpty();
    }

    /** Wants one more: the first are at work before the last are wanted. False if none is left. */
    boolean wantNext() {
        ManagedSubsystem subsystem = next.poll();
        if (subsystem == null) {
            return false;
        }
        want(subsystem);
        return true;
    }

    /** None is to run any more. */
    void stopAll(ShutdownReason reason) {
        next.clear();
        for (ManagedSubsystem subsystem : registry.inStopOrder()) {
            subsystem.wanted = false;
            if (subsystem.isActive()) {
                scheduler.markEnding(subsystem, reason);
            } else {
                stopIdle(subsystem);
            }
        }
        // Last: what throws before is tried again.
        noneWanted = true;
    }

    /** After {@link #stopAll}, when all are down: they may be wanted again, and earlier failures do not count any more. */
    void reopen() {
        noneWanted = false;
        for (ManagedSubsystem subsystem : registry.inStartOrder()) {
            forgive(subsystem);
            subsystem.reopen();
        }
    }

    /** Whether none is to run any more. */
    boolean isNoneWanted() {
        return noneWanted;
    }

    /** It has just been registered. */
    void registered(ManagedSubsystem subsystem) {
        if (allWanted) {
            want(subsystem);
        }
    }

    /** It is to run whenever it can; earlier failures do not count any more. */
    void bringUp(ManagedSubsystem subsystem) {
        forgive(subsystem);
        subsystem.restartRequested = subsystem.ending != null;
        want(subsystem);
    }

    private void want(ManagedSubsystem subsystem) {
        if (subsystem.leaving || subsystem.isAbandoned()) {
            return;
        }
        subsystem.wanted = true;
        if (!subsystem.isActive() && subsystem.state() != SubsystemState.WAITING) {
            cancelBackOff(subsystem);
            scheduler.enqueue(subsystem);
        }
    }

    /** It is to stop, after its dependents, and not to start again by itself. */
    void stop(ManagedSubsystem subsystem) {
        subsystem.wanted = false;
        subsystem.restartRequested = false;
        scheduler.bringDown(subsystem, new ShutdownReason.Stop());
        if (!subsystem.isActive()) {
            stopIdle(subsystem);
        }
    }

    /** It is to end if it runs. */
    void replace(ManagedSubsystem subsystem) {
        if (subsystem.isActive()) {
            scheduler.replace(subsystem, new ShutdownReason.Restart());
        }
    }

    /**
     * Starts those again that read a changed key when they start, unless they are not to run; one that has failed permanently
     * is.
     *
     * @return what is started again, with the dependents that end for that, in start order
     */
    List<String> restartFor(ConfigChange change) {
        if (noneWanted) {
            return List.of();
        }
        Set<ManagedSubsystem> restarted = new HashSet<>();
        List<ManagedSubsystem> staying = registry.inStartOrder().stream().filter(ManagedSubsystem::isStaying).toList();
        for (ManagedSubsystem subsystem : registry.inStartOrder()) {
            if (isToRestart(subsystem, change)) {
                replace(subsystem);
                bringUp(subsystem);
                restarted.add(subsystem);
            }
        }
        for (ManagedSubsystem subsystem : staying) {
            if (!subsystem.isStaying()) {
                restarted.add(subsystem);
            }
        }
        return registry.inStartOrder().stream().filter(restarted::contains).map(ManagedSubsystem::name).toList();
    }

    private static boolean isToRestart(ManagedSubsystem subsystem, ConfigChange change) {
        boolean mayRun = subsystem.wanted && subsystem.state() != SubsystemState.WAITING
                || subsystem.state() == SubsystemState.FAILED;
        return mayRun && !subsystem.leaving && !subsystem.isAbandoned()
                && subsystem.spec().restartOn().stream().anyMatch(change::affects);
    }

    /** Marks what does not run as stopped, unless it has ended already. */
    private void stopIdle(ManagedSubsystem subsystem) {
        cancelBackOff(subsystem);
        if (subsystem.state() != SubsystemState.STOPPED && subsystem.state() != SubsystemState.FAILED) {
            subsystem.lifecycle().stopped();
            subsystem.lifecycle().endOutage(false);
            changes.add(new SubsystemRegistry.Change(SubsystemRegistry.Change.Kind.AT_REST, subsystem));
        }
    }

    private static void forgive(ManagedSubsystem subsystem) {
        cancelBackOff(subsystem);
        subsystem.lifecycle().forgetRestarts();
    }

    private static void cancelBackOff(ManagedSubsystem subsystem) {
        if (subsystem.state() == SubsystemState.RESTARTING) {
            subsystem.timeout(null);
        }
    }
}

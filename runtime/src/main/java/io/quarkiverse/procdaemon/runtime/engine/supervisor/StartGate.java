package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;

/**
 * Which critical subsystems the start of the daemon still waits for. It is over when each has been RUNNING, or one of them
 * never will be. Confined to the event loop.
 */
final class StartGate {

    private int pending;
    private boolean open;

    /** Whether a start is under way. */
    boolean isOpen() {
        return open;
    }

    /** The start of all begins. */
    void open(List<ManagedSubsystem> subsystems) {
        open = true;
        pending = 0;
        subsystems.forEach(this::include);
    }

    /** The start is over before its end. */
    void close() {
        open = false;
    }

    /** A start that is under way waits for it, too, if it is critical. */
    void include(ManagedSubsystem subsystem) {
        if (open && subsystem.spec().settings().critical() && subsystem.state() != SubsystemState.RUNNING) {
            subsystem.awaited = true;
            pending++;
        }
    }

    /** It is RUNNING, or is not to be waited for any more. */
    void settled(ManagedSubsystem subsystem) {
        if (subsystem.awaited) {
            subsystem.awaited = false;
            pending--;
        }
    }

    /** Those that are no longer critical are not waited for any more; none is waited for that was not before. */
    void settingsChanged(List<ManagedSubsystem> subsystems) {
        if (pending > 0) {
            subsystems.stream().filter(subsystem -> !subsystem.spec().settings().critical()).forEach(this::settled);
        }
    }

    /** Whether the start is over because nothing is left to wait for; true once. */
    boolean succeeds() {
        if (open && pending == 0) {
            open = false;
            return true;
        }
        return false;
    }

    /**
     * A subsystem has ended and will not start by itself: fatal if a critical one is, or waits for, it.
     *
     * @return why the start fails by that; null if it does not
     */
    @Nullable
    SubsystemException down(ManagedSubsystem fallen) {
        ManagedSubsystem victim = open ? awaitedAbove(fallen) : null;
        if (victim == null) {
            return null;
        }
        open = false;
        return failure(victim, fallen);
    }

    /** Whether a critical subsystem that has not been RUNNING yet is, or waits for, this one. */
    boolean isHeldUpBy(ManagedSubsystem subsystem) {
        return open && awaitedAbove(subsystem) != null;
    }

    private static @Nullable ManagedSubsystem awaitedAbove(ManagedSubsystem fallen) {
        Set<ManagedSubsystem> seen = new HashSet<>();
        ArrayDeque<ManagedSubsystem> unseen = new ArrayDeque<>();
        unseen.add(fallen);
        while (!unseen.isEmpty()) {
            ManagedSubsystem next = unseen.remove();
            if (next.awaited) {
                return next;
            }
            for (ManagedSubsystem dependent : next.dependents()) {
                if (!dependent.isStaying() && seen.add(dependent)) {
                    unseen.add(dependent);
                }
            }
        }
        return null;
    }

    private static SubsystemException failure(ManagedSubsystem victim, ManagedSubsystem fallen) {
        Status status = fallen.status();
        Failure failure = status.state() == SubsystemState.FAILED ? status.lastFailure() : null;
        String whom = victim == fallen ? "" : ", on which the critical subsystem '" + victim.name() + "' depends,";
        String what = failure == null ? " was stopped before that had started" : " failed: " + Thrown.summary(failure);
        return new SubsystemException(ErrorCode.START_FAILED, fallen.name(),
                "the daemon does not start because subsystem '" + fallen.name() + "'" + whom + what,
                failure == null ? null : status.lastThrown());
    }
}

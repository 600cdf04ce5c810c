package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.run.RestartBudget;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * What follows a run that has ended and is cleaned up: another run after a delay, STOPPED, or FAILED for good.
 *
 * @param next what it is
 * @param delay until the next run, if it is started again
 * @param budget what has been used of its restarts then
 * @param reason why it has failed for good
 * @param isWanted whether the subsystem is wanted still
 */
record RestartDecision(Next next, @Nullable Duration delay, @Nullable RestartBudget budget, @Nullable String reason,
        boolean isWanted) {

    /** What becomes of the subsystem. */
    enum Next {
        STOPPED,
        RESTARTING,
        /** FAILED, though it was wanted: its policy or budget allows no more runs. */
        GIVEN_UP,
        /** FAILED because its clean-up did, when it was to stop anyway. */
        CLEAN_UP_FAILED
    }

    /**
     * Decides; changes nothing.
     *
     * @param startsOnce whether a failed start is final because the start of the daemon waits for it and is tried once only
     * @param nanos the time on the clock
     */
    static RestartDecision of(ManagedSubsystem subsystem, RestartSettings settings, boolean startsOnce, long nanos,
            DoubleSupplier jitter) {
        boolean unclean = subsystem.failure != null && subsystem.failure.phase() == SubsystemEvent.Phase.STOP;
        boolean wanted = subsystem.wanted;
        if (subsystem.returned && settings.policy() != RestartPolicy.ALWAYS && subsystem.failure == null
                && !subsystem.restartRequested) {
            // The policy has changed since its body returned, and by the new one that was the end.
            wanted = false;
        }
        boolean endedByItself = subsystem.failure != null || subsystem.returned;
        if (endedByItself && wanted && (unclean || !subsystem.restartRequested)) {
            String obstacle = obstacle(subsystem, settings, startsOnce, nanos);
            return obstacle == null ? again(subsystem, settings, nanos, jitter)
                    : new RestartDecision(Next.GIVEN_UP, null, null, obstacle, false);
        }
        return unclean ? new RestartDecision(Next.CLEAN_UP_FAILED, null, null, cleanUpFailed(subsystem), false)
                : new RestartDecision(Next.STOPPED, null, null, null, wanted);
    }

    private static String cleanUpFailed(ManagedSubsystem subsystem) {
        return subsystem.run().isForced()
                ? "its clean-up failed after the interrupt; what it holds may not be released"
                : "its clean-up failed; what it holds may not be released";
    }

    private static RestartDecision again(ManagedSubsystem subsystem, RestartSettings settings, long nanos,
            DoubleSupplier jitter) {
        RestartBudget before = subsystem.status().budget();
        RestartBudget spent = subsystem.isOutage ? before.waitOnce() : before.spend(nanos, settings);
        return new RestartDecision(Next.RESTARTING, backOff(spent.attempts(), settings, jitter.getAsDouble()), spent, null,
                true);
    }

    /** Why it may not be started again; null if it may. */
    private static @Nullable String obstacle(ManagedSubsystem subsystem, RestartSettings settings, boolean startsOnce,
            long nanos) {
        if (settings.policy() == RestartPolicy.NEVER) {
            return "its restart policy is NEVER";
        }
        if (subsystem.failure != null && subsystem.status().lastThrown() instanceof RestartBudget.Irreparable) {
            return "a restart cannot repair that";
        }
        if (subsystem.startFailed && startsOnce) {
            return "its start failed, which is not tried again because start.retry is false, as by default in dev mode and tests";
        }
        RestartBudget budget = subsystem.status().budget();
        if (subsystem.isOutage || budget.left(nanos, settings).orElse(1) > 0) {
            return null;
        }
        return "it was restarted " + used(budget, nanos, settings)
                + ", which is all that subsystem.restart.max-restarts allows";
    }

    private static String used(RestartBudget budget, long nanos, RestartSettings settings) {
        int recent = budget.inWindow(nanos, settings);
        return recent >= settings.maxRestarts() ? times(recent) + " within " + Durations.text(settings.window())
                : times(budget.inARow()) + " in a row without being RUNNING for " + Durations.text(settings.stableAfter())
                        + " in between";
    }

    private static String times(int number) {
        return number == 1 ? "once" : number + " times";
    }

    /**
     * How long to wait before a further run: exponential with a cap, as a restarted process is spared by Kubernetes or systemd,
     * and randomly reduced (Marc Brooker, "Exponential Backoff And Jitter", 2015), so that a delay never exceeds the cap.
     *
     * @param attempt 1 for the first restart after a stable run
     * @param chance a number from 0, included, to 1, excluded
     */
    static Duration backOff(int attempt, RestartSettings settings, double chance) {
        long first = Durations.nanos(settings.initialDelay());
        // Zero times what the power may overflow to would be no number.
        double exponential = first == 0 ? 0 : first * Math.pow(settings.multiplier(), attempt - 1);
        double capped = Math.min(exponential, Durations.nanos(settings.maxDelay()));
        return Duration.ofNanos(Math.round(capped * (1 - settings.jitter() * chance)));
    }
}

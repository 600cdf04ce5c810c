package io.quarkiverse.procdaemon.deployment.kubernetes;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkiverse.procdaemon.runtime.engine.graph.StartBudget;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * The numbers of a pod, and how they are calculated.
 *
 * @param stop how long a stop may take
 * @param stopExplained how that is calculated
 * @param start how long the start of the subsystems may take
 * @param keys what the user has set of the probes
 */
record PodNumbers(ShutdownBudget stop, String stopExplained, StartBudget start, ProbeKeys keys) {

    /** What Quarkus writes for a StatefulSet, a Job and a CronJob where the user has set nothing: it cannot be told apart. */
    private static final long DEFAULT_GRACE_OF_QUARKUS = 10;
    /** For what is started before the subsystems: the JVM, Quarkus, on a machine under load. */
    private static final Duration START_MARGIN = Duration.ofSeconds(30);

    static final int READINESS_PERIOD = 5;
    static final int READINESS_FAILURES = 1;

    /** @param present what the manifest says already, null if nothing */
    boolean isGraceOfUser(@Nullable Long present, String kind) {
        return present != null && (present != DEFAULT_GRACE_OF_QUARKUS || kind.startsWith("Deployment"));
    }

    long grace() {
        return stop.seconds();
    }

    String graceExplained() {
        return "terminationGracePeriodSeconds is " + grace() + ": " + stopExplained;
    }

    String graceOfUserExplained(long seconds) {
        Duration grace = Duration.ofSeconds(seconds);
        return "terminationGracePeriodSeconds is " + seconds + " as set in the manifest; a stop may take "
                + Durations.text(stop.halt()) + (stop.exceeds(grace) ? ", so the pod may be killed before" : "") + ": "
                + stopExplained;
    }

    /** How many probes in this period must fail before the start has taken too long, at least as many as without us. */
    int startFailures(int period, int atLeast) {
        long seconds = Durations.sum(start.total(), START_MARGIN).plusNanos(999_999_999).toSeconds();
        return (int) Math.min(Integer.MAX_VALUE, Math.max(atLeast, (seconds + period - 1) / period));
    }

    String startExplained(int failures, int period) {
        return "startupProbe fails after " + failures + " x " + period + "s: start timeouts " + start.explanation() + ", and "
                + Durations.text(START_MARGIN) + " for what starts before";
    }
}

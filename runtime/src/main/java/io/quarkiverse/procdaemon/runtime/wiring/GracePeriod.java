package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.Optional;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * How long the pod in which this process runs may take to stop before it is killed, as the generated manifest says in a
 * variable: a pod cannot see its own grace period.
 */
final class GracePeriod {

    static final String VARIABLE = "PROC_DAEMON_GRACE_PERIOD_SECONDS";

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private GracePeriod() {
    }

    /** Warns if it is known and too short for a stop. */
    static void check(ApplicationWaits waits, Duration kill) {
        warning(System.getenv(VARIABLE), new ShutdownBudget(waits.delay(), waits.timeout(), kill)).ifPresent(LOG::warn);
    }

    /** @param seconds what the variable says; null if it is not set */
    static Optional<String> warning(@Nullable String seconds, ShutdownBudget budget) {
        if (seconds == null || seconds.isBlank()) {
            return Optional.empty();
        }
        Duration grace;
        try {
            grace = Duration.ofSeconds(Integer.parseUnsignedInt(seconds.trim()));
        } catch (NumberFormatException wrong) {
            return Optional.of(VARIABLE + " is \"" + seconds + "\", which is no number of seconds: whether the grace period of "
                    + "the pod is long enough is not checked; set it to terminationGracePeriodSeconds, or remove it");
        }
        if (!budget.exceeds(grace)) {
            return Optional.empty();
        }
        return Optional.of("The pod may be killed before it has stopped: its grace period is " + Durations.text(grace) + " ("
                + VARIABLE + "), and a stop may take " + Durations.text(budget.halt()) + " and a margin: "
                + budget.explanation() + "; set terminationGracePeriodSeconds to " + budget.seconds()
                + ", or lower the timeouts");
    }
}

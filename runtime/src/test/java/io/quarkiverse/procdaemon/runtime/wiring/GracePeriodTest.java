package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;

/** A grace period that is known and too short is warned of, with the numbers. */
class GracePeriodTest {

    private static final ShutdownBudget BUDGET = new ShutdownBudget(Duration.ofSeconds(5), Duration.ZERO,
            Duration.ofSeconds(15));

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "20", "25", " 4000000 " })
    void thereIsNothingToSayOfOneThatIsNotKnownOrLongEnough(String seconds) {
        assertThat(GracePeriod.warning(seconds, BUDGET)).isEmpty();
    }

    @Test
    void oneThatIsTooShortIsWarnedOf() {
        assertThat(GracePeriod.warning("19", BUDGET)).contains("The pod may be killed before it has stopped: its grace period "
                + "is 19s (PROC_DAEMON_GRACE_PERIOD_SECONDS), and a stop may take 20s and a margin: 5s (quarkus.shutdown.delay) "
                + "+ 15s (quarkus.proc-daemon.shutdown.kill-timeout) + 5s (margin) = 25s; set terminationGracePeriodSeconds to "
                + "25, or lower the timeouts");
    }

    @ParameterizedTest
    @ValueSource(strings = { "30s", "-1", "99999999999" })
    void whatIsNoNumberOfSecondsIsNamed(String seconds) {
        assertThat(GracePeriod.warning(seconds, BUDGET)).contains("PROC_DAEMON_GRACE_PERIOD_SECONDS is \"" + seconds
                + "\", which is no number of seconds: whether the grace period of the pod is long enough is not checked; set it "
                + "to terminationGracePeriodSeconds, or remove it");
    }
}

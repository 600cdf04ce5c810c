package io.quarkiverse.procdaemon.runtime.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The one place for how long a stop may take. */
@Tag("any-jdk")
class ShutdownBudgetTest {

    @Test
    void theTotalIsTheSumOfItsPartsWithAMargin() {
        ShutdownBudget budget = budget(5_000, 10_000, 15_000);
        assertThat(budget.halt()).isEqualTo(Duration.ofSeconds(30));
        assertThat(budget.total()).isEqualTo(Duration.ofSeconds(35));
        assertThat(budget.explanation()).isEqualTo("5s (quarkus.shutdown.delay) + 10s (quarkus.shutdown.timeout)"
                + " + 15s (quarkus.proc-daemon.shutdown.kill-timeout) + 5s (margin) = 35s");
    }

    @Test
    void theExplanationLeavesOutWhatIsZero() {
        assertThat(budget(0, 0, 15_000).explanation())
                .isEqualTo("15s (quarkus.proc-daemon.shutdown.kill-timeout) + 5s (margin) = 20s");
    }

    @Test
    void secondsAreRoundedUp() {
        assertThat(budget(0, 0, 15_000).seconds()).isEqualTo(20);
        assertThat(budget(1, 0, 15_000).seconds()).isEqualTo(21);
    }

    @Test
    void theMarginIsNoReasonToWarn() {
        assertThat(budget(10_000, 5_000, 15_000).exceeds(Duration.ofSeconds(30))).isFalse();
        assertThat(budget(10_001, 5_000, 15_000).exceeds(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void veryLongPartsDoNotOverflow() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        assertThat(new ShutdownBudget(longest, longest, longest).seconds()).isPositive();
    }

    private static ShutdownBudget budget(long delay, long timeout, long kill) {
        return new ShutdownBudget(Duration.ofMillis(delay), Duration.ofMillis(timeout), Duration.ofMillis(kill));
    }
}

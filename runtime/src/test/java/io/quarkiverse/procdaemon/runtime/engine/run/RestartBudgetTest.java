package io.quarkiverse.procdaemon.runtime.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;

class RestartBudgetTest {

    private static final Duration MIN = Duration.ofSeconds(Long.MIN_VALUE);
    private static final Duration MAX = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    @Test
    void anyWindowIsTaken() {
        for (Duration window : new Duration[] { MIN, MAX }) {
            RestartSettings settings = RestartSettings.DEFAULT.withBudget(1, window);
            assertThat(RestartBudget.UNUSED.left(0, settings)).hasValue(1);
            assertThat(RestartBudget.UNUSED.spend(0, settings).inWindow(1, settings)).isEqualTo(window.isNegative() ? 0 : 1);
        }
    }

    @Test
    void aBudgetThatIsLoweredLaterHasNothingLeft() {
        RestartSettings five = RestartSettings.DEFAULT.withBudget(5, Duration.ofSeconds(1));
        RestartBudget three = RestartBudget.UNUSED.spend(0, five).spend(1, five).spend(2, five);
        assertThat(three.left(2, five)).hasValue(2);
        assertThat(three.left(2, RestartSettings.DEFAULT.withBudget(2, Duration.ofSeconds(1)))).hasValue(0);
    }

    @Test
    void oneThatIsLimitedLaterCountsTheRowFromBefore() {
        RestartSettings unlimited = RestartSettings.DEFAULT.withBudget(RestartSettings.UNLIMITED, Duration.ofSeconds(1));
        RestartBudget two = RestartBudget.UNUSED.spend(0, unlimited).spend(1, unlimited);
        assertThat(two.left(1, unlimited)).isEmpty();
        assertThat(two.left(1, RestartSettings.DEFAULT.withBudget(5, Duration.ofSeconds(1)))).hasValue(3);
        assertThat(two.afterStableRun().left(1, RestartSettings.DEFAULT)).hasValue(10);
    }
}

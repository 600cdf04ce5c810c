package io.quarkiverse.procdaemon.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkiverse.procdaemon.runtime.engine.graph.StartBudget;

class PodNumbersTest {

    /** Fewer probes would end a start that is within its timeouts. */
    @Test
    void probesOfAStartAreRoundedUp() {
        PodNumbers numbers = new PodNumbers(new ShutdownBudget(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(15)), "",
                new StartBudget(List.of(), List.of(), Duration.ofMillis(70_001)),
                new ProbeKeys(ConfigProvider.getConfig(), "kubernetes"));
        assertThat(numbers.startFailures(20, 0)).isEqualTo(6);
        assertThat(numbers.startFailures(101, 0)).isEqualTo(1);
        assertThat(numbers.startFailures(20, 9)).isEqualTo(9);
    }
}

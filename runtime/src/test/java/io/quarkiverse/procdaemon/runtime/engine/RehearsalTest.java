package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;

class RehearsalTest {

    private final SubsystemSettings settings = SubsystemSettings.declared(RestartPolicy.NEVER, true);
    private final AtomicInteger read = new AtomicInteger();
    private int asked;

    @Test
    void theRealShutdownEndsIt() {
        Rehearsal.run(100, this::rules, () -> ++asked == 3);
        assertThat(asked).isEqualTo(3);
    }

    /** Ten for each subsystem, a thousand at most, thirty in one go. */
    @ParameterizedTest
    @CsvSource({ "0, 1", "1, 1", "3, 1", "4, 2", "100, 34", "101, 34", "5000, 34" })
    void whatIsRehearsedGrowsWithTheDaemonUpToABound(int subsystems, int goes) {
        Rehearsal.run(subsystems, this::rules, () -> {
            asked++;
            return false;
        });
        assertThat(asked).isEqualTo(goes);
    }

    /** Not only when the subsystems are specified, which are thirty. */
    @Test
    void theRulesInForceAreRead() {
        Rehearsal.run(3, this::rules, () -> false);
        assertThat(read).hasValueGreaterThan(30);
    }

    private Supplier<SubsystemSettings> rules(String name, RestartPolicy restart, boolean critical) {
        return () -> {
            read.incrementAndGet();
            return settings;
        };
    }
}

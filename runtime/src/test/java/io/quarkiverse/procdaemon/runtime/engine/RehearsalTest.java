package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalTest {

    private int asked;

    @Test
    void theRealShutdownEndsIt() {
        Rehearsal.run(100, () -> ++asked == 3);
        assertThat(asked).isEqualTo(3);
    }

    /** Ten for each subsystem, a thousand at most, thirty in one go. */
    @ParameterizedTest
    @CsvSource({ "0, 1", "1, 1", "3, 1", "4, 2", "100, 34", "101, 34", "5000, 34" })
    void whatIsRehearsedGrowsWithTheDaemonUpToABound(int subsystems, int goes) {
        Rehearsal.run(subsystems, () -> {
            asked++;
            return false;
        });
        assertThat(asked).isEqualTo(goes);
    }
}

package io.quarkiverse.procdaemon.dev;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkus.test.junit.QuarkusTest;

/** Run by {@link ContinuousTestingTest}, not by itself. */
@QuarkusTest
class BeaconET {

    @Inject
    Daemon daemon;

    @Test
    void shines() {
        assertThat(daemon.subsystem("beacon")).get().extracting(SubsystemInfo::state).isEqualTo(SubsystemState.RUNNING);
    }
}

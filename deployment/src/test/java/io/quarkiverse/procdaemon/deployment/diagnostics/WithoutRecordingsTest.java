package io.quarkiverse.procdaemon.deployment.diagnostics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkus.test.QuarkusUnitTest;

/** An application that was built without recordings. */
class WithoutRecordingsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.proc-daemon.jfr.enabled", "false");

    @Inject
    Diagnostics diagnostics;

    @Test
    void aRecordingIsRefused() {
        assertThatThrownBy(() -> diagnostics.record(Duration.ofSeconds(1), "default"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("This application cannot record: it was built with quarkus.proc-daemon.jfr.enabled=false");
    }
}

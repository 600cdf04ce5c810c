package io.quarkiverse.procdaemon.deployment.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.jfr.JfrListener;
import io.quarkus.test.QuarkusUnitTest;

/** An application that was built without recordings. */
class WithoutRecordingsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.proc-daemon.jfr.enabled", "false");

    @Inject
    Diagnostics diagnostics;

    @Any
    @Inject
    Instance<SubsystemListener> listeners;

    @Test
    void aRecordingIsRefused() {
        assertThatThrownBy(() -> diagnostics.record(Duration.ofSeconds(1), "default"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("This application cannot record: it was built with quarkus.proc-daemon.jfr.enabled=false");
    }

    @Test
    void nothingListensForRecordings() {
        assertThat(listeners).noneMatch(JfrListener.class::isInstance);
    }
}

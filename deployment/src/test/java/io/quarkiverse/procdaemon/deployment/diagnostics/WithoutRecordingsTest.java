package io.quarkiverse.procdaemon.deployment.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkus.deployment.pkg.NativeConfig.MonitoringOption;
import io.quarkus.test.QuarkusUnitTest;

/** The build decides whether an application can record. */
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

    @Test
    void nativeExecutablesRecordIfTheyAreMonitored() {
        Optional<String> refusal = Optional
                .of("This native executable cannot record; build it with quarkus.native.monitoring=jfr");
        assertThat(why(true, Optional.empty(), Optional.empty())).isEqualTo(refusal);
        assertThat(why(true, Optional.of(List.of(MonitoringOption.HEAPDUMP)), Optional.of(List.of("-Ob")))).isEqualTo(refusal);
        assertThat(why(true, Optional.of(List.of(MonitoringOption.JFR)), Optional.empty())).isEmpty();
        assertThat(why(true, Optional.of(List.of(MonitoringOption.ALL)), Optional.empty())).isEmpty();
        assertThat(why(true, Optional.empty(), Optional.of(List.of("--enable-monitoring=jfr")))).isEmpty();
        assertThat(why(false, Optional.empty(), Optional.empty())).isEmpty();
    }

    private static Optional<String> why(boolean isNative, Optional<List<MonitoringOption>> monitoring,
            Optional<List<String>> arguments) {
        return DiagnosticsProcessor.whyNoRecordings(true, isNative, monitoring, arguments);
    }
}

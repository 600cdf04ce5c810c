package io.quarkiverse.procdaemon.deployment.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkus.deployment.pkg.NativeConfig.MonitoringOption;

/** Which native executables can record. */
@Tag("any-jdk")
class MonitoringTest {

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

package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.OutageSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Every key of a subsystem arrives where it is obeyed, and means what it says where it is not set. */
class ConfiguredSettingsTest {

    private static ConfiguredSettings configured(Map<String, String> keys) {
        return new ConfiguredSettings(new SmallRyeConfigBuilder().withMapping(DaemonConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(keys, "test", 100)).build(), List.of("ingest"));
    }

    private static SubsystemSettings settings(Map<String, String> keys) {
        return configured(keys).of("ingest", RestartPolicy.ON_FAILURE, true);
    }

    private static Map<String, String> all(String prefix) {
        return Map.ofEntries(
                Map.entry(prefix + "start-timeout", "1s"), Map.entry(prefix + "stop-timeout", "2s"),
                Map.entry(prefix + "heartbeat-timeout", "3s"), Map.entry(prefix + "dependents", "ignore"),
                Map.entry(prefix + "thread", "platform"), Map.entry(prefix + "critical", "false"),
                Map.entry(prefix + "restart.policy", "always"), Map.entry(prefix + "restart.initial-delay", "4s"),
                Map.entry(prefix + "restart.max-delay", "5s"), Map.entry(prefix + "restart.multiplier", "1.5"),
                Map.entry(prefix + "restart.jitter", "0.5"), Map.entry(prefix + "restart.max-restarts", "6"),
                Map.entry(prefix + "restart.window", "7s"), Map.entry(prefix + "restart.stable-after", "8s"),
                Map.entry(prefix + "restart.on-exhausted", "shutdown"), Map.entry(prefix + "health.interval", "9s"),
                Map.entry(prefix + "health.timeout", "10s"), Map.entry(prefix + "health.failures", "11"),
                Map.entry(prefix + "health.action", "restart"), Map.entry(prefix + "health.group", "edge"));
    }

    private static final SubsystemSettings ALL = new SubsystemSettings(false, Duration.ofSeconds(1), Duration.ofSeconds(2),
            Duration.ofSeconds(3), false, ThreadKind.PLATFORM,
            new RestartSettings(RestartPolicy.ALWAYS, Duration.ofSeconds(4), Duration.ofSeconds(5), 1.5, 0.5, 6,
                    Duration.ofSeconds(7), Duration.ofSeconds(8), true, OutageSettings.DEFAULT),
            new HealthSettings(Duration.ofSeconds(9), Duration.ofSeconds(10), 11, true, "edge"));

    @Test
    void byName() {
        assertThat(settings(all("quarkus.proc-daemon.subsystem.\"ingest\"."))).isEqualTo(ALL);
    }

    @Test
    void forAll() {
        assertThat(settings(all("quarkus.proc-daemon.subsystem."))).isEqualTo(ALL);
    }

    @Test
    void whatIsNotSet() {
        assertThat(settings(Map.of())).isEqualTo(SubsystemSettings.DEFAULT);
        assertThat(SubsystemSettings.DEFAULT.restart()).isEqualTo(new RestartSettings(RestartPolicy.ON_FAILURE,
                Duration.ofMillis(100), Duration.ofSeconds(30), 2, 0.2, 10, Duration.ofMinutes(5), Duration.ofSeconds(30),
                true, OutageSettings.DEFAULT));
    }

    @Test
    void whatIsNotCriticalDoesNotEndTheDaemonUnlessToldTo() {
        assertThat(settings(Map.of("quarkus.proc-daemon.subsystem.critical", "false")).restart().shutdownWhenExhausted())
                .isFalse();
    }

    @Test
    void thoseWithoutASectionShareTheirRulesIfTheyAreDeclaredAlike() {
        ConfiguredSettings configured = configured(Map.of("quarkus.proc-daemon.subsystem.ingest.stop-timeout", "3s"));
        SubsystemSettings one = configured.of("one", RestartPolicy.ON_FAILURE, true);
        assertThat(one).isEqualTo(SubsystemSettings.DEFAULT).isSameAs(configured.of("two", RestartPolicy.ON_FAILURE, true));
        assertThat(configured.of("three", RestartPolicy.NEVER, true).restart().policy()).isEqualTo(RestartPolicy.NEVER);
        assertThat(configured.of("four", RestartPolicy.ON_FAILURE, false).critical()).isFalse();
        assertThat(configured.of("ingest", RestartPolicy.ON_FAILURE, true).stopTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void areReadOnceForEachConfiguration() {
        ConfiguredSettings first = configured(Map.of());
        AtomicReference<ConfiguredSettings> current = new AtomicReference<>(first);
        Current<SubsystemSettings> settings = new Current<>(current::get,
                now -> now.of("ingest", RestartPolicy.ALWAYS, false));
        SubsystemSettings read = settings.get();
        assertThat(read).isEqualTo(first.of("ingest", RestartPolicy.ALWAYS, false)).isSameAs(settings.get());
        current.set(configured(Map.of("quarkus.proc-daemon.subsystem.ingest.stop-timeout", "3s")));
        assertThat(settings.get().stopTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.get()).isSameAs(settings.get());
        current.set(first);
        assertThat(settings.get()).isEqualTo(read);
    }
}

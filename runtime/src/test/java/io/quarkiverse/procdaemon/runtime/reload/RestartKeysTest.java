package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartKeysTest {

    private static final RestartKeys NONE = new RestartKeys(Set.of(), Set.of());
    private static final RestartKeys SOME = new RestartKeys(Set.of("port", "quarkus.log.level"), Set.of("ingest", "a.b"));

    @ParameterizedTest
    @ValueSource(strings = { "port", "port[0]", "ingest", "ingest.port", "ingest[0].port", "a.b.c", "quarkus.log.level" })
    void aNameOrWhatIsUnderAPrefix(String key) {
        assertThat(SOME.contains(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "por", "ports", "port.number", "ingests", "ingest-port", "a", "a.bc", "b", "" })
    void nothingElse(String key) {
        assertThat(SOME.contains(key)).isFalse();
    }

    @Test
    void anEmptyPrefixIsThatOfEveryKey() {
        assertThat(new RestartKeys(Set.of(), Set.of("")).contains("any.key")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.http.port", "quarkus.log.min-level", "quarkus.log.console.level",
            "quarkus.log.category.acme.min-level", "quarkus.log.category.\"com.acme\".handlers",
            "quarkus.log.category.com.acme.level", "quarkus.log.levels", "quarkus.log.category.level",
            "mp.messaging.incoming.orders.topic", "mp.messaging.connector.smallrye-kafka.failure-strategy" })
    void quarkusIsConfiguredOnce(String key) {
        assertThat(NONE.contains(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.log.level", "quarkus.log.category.acme.level",
            "quarkus.log.category.\"com.acme\".level", "quarkus.log.category.\"a\\\".b\".level", "quarkusly", "mp.messagings",
            "port" })
    void butForItsLogLevels(String key) {
        assertThat(NONE.contains(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "name", "signals.\"TERM\"", "signals.HUP", "shutdown.report-file", "shutdown.before-http",
            "shutdown.signal-exit-code", "systemd.enabled", "subsystem.enabled", "subsystem.ingest.enabled", "dump.directory",
            "control.socket", "control.allowed-users", "control.allowed-users[0]",
            "subsystem.\"a.b\".enabled", "reload.enabled", "reload.files", "reload.files[0]", "reload.debounce",
            "start.retry", "channel.orders.needs", "channel.\"my.orders\".needs[0]" })
    void whatTheStartOfTheDaemonReads(String key) {
        assertThat(NONE.contains("quarkus.proc-daemon." + key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "control.enabled", "health.enabled", "metrics.enabled", "jfr.enabled", "status.enabled",
            "systemd.unit.enabled",
            "systemd.unit.type", "systemd.unit.user", "systemd.unit.directives.\"Nice\"" })
    void aRestartDoesNotHelpWhatTheBuildReads(String key) {
        assertThat(NONE.contains("quarkus.proc-daemon." + key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "shutdown.graceful-timeout", "shutdown.kill-timeout", "subsystem.critical",
            "subsystem.\"ingest\".stop-timeout", "subsystem.ingest.restart.policy", "subsystem.restart.max-delay",
            "subsystem.\"a.enabled\".critical", "subsystem.health.interval", "subsystem.\"signals.x\".health.action" })
    void theRulesOfTheDaemonAreLive(String key) {
        assertThat(NONE.contains("quarkus.proc-daemon." + key)).isFalse();
    }

    @Test
    void aStarStandsForOnePart() {
        RestartKeys keys = new RestartKeys(Set.of("a.*.b", "a.list[*].c"), Set.of());
        assertThat(keys.contains("a.x.b")).isTrue();
        assertThat(keys.contains("a.\"x.y\".b")).isTrue();
        assertThat(keys.contains("a.list[3].c")).isTrue();
        assertThat(keys.contains("a.b")).isFalse();
        assertThat(keys.contains("a.x.y.b")).isFalse();
        assertThat(keys.contains("a.x.c")).isFalse();
    }
}

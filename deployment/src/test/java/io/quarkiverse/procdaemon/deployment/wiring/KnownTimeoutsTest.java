package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What a build can and cannot know. */
@Tag("any-jdk")
class KnownTimeoutsTest {

    private static final String SUBSYSTEM = "quarkus.proc-daemon.subsystem.";
    private static final String SHUTDOWN = "quarkus.proc-daemon.shutdown.";
    private static final Duration ENDLESS = Duration.ofDays(10_000);

    private static KnownTimeouts known(Map<String, String> keys) {
        return new KnownTimeouts(new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(keys, "test", 100)).build());
    }

    @Test
    void nothingIsSet() {
        assertThat(known(Map.of()).stop("ingest")).isEmpty();
        assertThat(known(Map.of()).shutdown()).isEqualTo(ShutdownTimeouts.DEFAULT);
    }

    @Test
    void whatIsSetByNameComesBeforeWhatIsSetForAll() {
        KnownTimeouts known = known(Map.of(SUBSYSTEM + "stop-timeout", "1s", SUBSYSTEM + "ingest.stop-timeout", "2s",
                SUBSYSTEM + "\"line.in\".stop-timeout", "3s", SUBSYSTEM + "tally.stop-timeout", ""));
        assertThat(known.stop("ingest")).hasValue(Duration.ofSeconds(2));
        assertThat(known.stop("line.in")).hasValue(Duration.ofSeconds(3));
        assertThat(known.stop("tally")).hasValue(Duration.ofSeconds(1));
    }

    /** What is not known may take as long as by default, and may be enabled. */
    @Test
    void aStartMayTakeItsTimeout() {
        Duration unset = Duration.ofSeconds(30);
        assertThat(known(Map.of()).start("ingest")).isEqualTo(unset);
        KnownTimeouts known = known(Map.of(SUBSYSTEM + "start-timeout", "1m", SUBSYSTEM + "ingest.start-timeout", "2s",
                SUBSYSTEM + "a.start-timeout", "${not.yet}", SUBSYSTEM + "b.start-timeout", "-1s",
                SUBSYSTEM + "c.enabled", "false", SUBSYSTEM + "d.enabled", "${not.yet}"));
        assertThat(known.start("ingest")).isEqualTo(Duration.ofSeconds(2));
        assertThat(known.start("a")).isEqualTo(Duration.ofMinutes(1));
        assertThat(known.start("b")).isEqualTo(Duration.ofMinutes(1));
        assertThat(known.start("c")).isZero();
        assertThat(known.start("d")).isEqualTo(Duration.ofMinutes(1));
        assertThat(known(Map.of(SUBSYSTEM + "start-timeout", "${not.yet}")).start("a")).isEqualTo(unset);
        assertThat(known(Map.of(SUBSYSTEM + "enabled", "false", SUBSYSTEM + "a.enabled", "true")).start("a"))
                .isEqualTo(unset);
    }

    @Test
    void aDisabledOneClaimsNothing() {
        KnownTimeouts known = known(Map.of(SUBSYSTEM + "stop-timeout", "1s", SUBSYSTEM + "enabled", "false",
                SUBSYSTEM + "ingest.enabled", "true", SUBSYSTEM + "tally.enabled", "${not.yet}"));
        assertThat(known.stop("ingest")).hasValue(Duration.ofSeconds(1));
        assertThat(known.stop("journal")).isEmpty();
        assertThat(known.stop("tally")).isEmpty();
    }

    @Test
    void whatCannotBeReadYetClaimsNothing() {
        KnownTimeouts known = known(Map.of(SUBSYSTEM + "stop-timeout", "1s", SUBSYSTEM + "\"a\".stop-timeout", "${not.yet}",
                SUBSYSTEM + "b.stop-timeout", "soon", SUBSYSTEM + "c.stop-timeout", "-1s",
                SUBSYSTEM + "d.stop-timeout", "20000d"));
        assertThat(known.stop("a")).isEmpty();
        assertThat(known.stop("b")).isEmpty();
        assertThat(known.stop("c")).isEmpty();
        assertThat(known.stop("d")).isEmpty();
    }

    @Test
    void theMomentsOfTheShutdown() {
        assertThat(known(Map.of(SHUTDOWN + "graceful-timeout", "1s", SHUTDOWN + "force-timeout", "2s",
                SHUTDOWN + "kill-timeout", "3s")).shutdown())
                .isEqualTo(new ShutdownTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
        assertThat(known(Map.of(SHUTDOWN + "graceful-timeout", "${not.yet}", SHUTDOWN + "force-timeout", "later",
                SHUTDOWN + "kill-timeout", "0s")).shutdown()).isEqualTo(new ShutdownTimeouts(ENDLESS, ENDLESS, ENDLESS));
    }
}

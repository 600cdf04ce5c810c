package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkus.test.QuarkusUnitTest;

/** Levels of the log and this extension's own rules follow a file that is only written, with nobody asking. */
class LiveSettingsTest {

    private static final String RULES = "quarkus.proc-daemon.subsystem.some.";
    private static final ConfigFile FILE = ConfigFile.of("LiveSettingsTest", RULES + "health.interval=1h");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(jar -> jar.addClasses(ConfigFile.class, Some.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "20ms");

    @Subsystem
    static class Some {

        static volatile boolean healthy = true;

        @Healthy
        boolean healthy() {
            return healthy;
        }
    }

    @Inject
    Daemon daemon;

    @Test
    void theyAreInForceAtOnce() {
        assertThat(some().restart()).isEqualTo(RestartPolicy.ON_FAILURE);
        assertThat(some().critical()).isTrue();
        Some.healthy = false;

        FILE.write("quarkus.log.level=WARN", "quarkus.log.category.\"com.acme\".level=DEBUG",
                RULES + "restart.policy=always", RULES + "critical=false", RULES + "health.interval=10ms",
                RULES + "health.failures=1");

        Awaitility.await().until(() -> some().restart() == RestartPolicy.ALWAYS);
        assertThat(some().critical()).isFalse();
        Awaitility.await().until(() -> Logger.getLogger("").getLevel().intValue() == Level.WARNING.intValue());
        Awaitility.await().until(() -> Logger.getLogger("com.acme").getLevel() != null);
        assertThat(Logger.getLogger("com.acme").getLevel().getName()).isEqualTo("DEBUG");
        // Asked at intervals of an hour it would not have been noticed.
        Awaitility.await().until(() -> !some().healthy());
        Some.healthy = true;
        Awaitility.await().until(() -> some().healthy());

        FILE.write(RULES + "health.interval=1h");

        Awaitility.await().until(() -> some().restart() == RestartPolicy.ON_FAILURE);
        Awaitility.await().until(() -> Logger.getLogger("").getLevel().intValue() == Level.INFO.intValue());
        Awaitility.await().until(() -> Logger.getLogger("com.acme").getLevel() == null);
    }

    private SubsystemInfo some() {
        return daemon.subsystem("some").orElseThrow();
    }
}

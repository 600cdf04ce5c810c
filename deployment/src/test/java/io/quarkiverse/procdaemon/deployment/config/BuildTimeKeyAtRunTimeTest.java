package io.quarkiverse.procdaemon.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;

/** A key that only the build reads is named if it has another value at run time, at the start and when a reload changes it. */
class BuildTimeKeyAtRunTimeTest {

    private static final String END = "; build it with the value that you want, or remove the key";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class))
            .overrideConfigKey("quarkus.proc-daemon.jfr.enabled", "false")
            .overrideConfigKey("quarkus.proc-daemon.metrics.enabled", "yes")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.control.enabled", "true")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(records -> assertThat(records).extracting(record -> String.valueOf(record.getMessage()))
                    .filteredOn(message -> message.contains("built with")).hasSize(2)
                    .satisfiesExactly(
                            start -> assertThat(start).contains("quarkus.proc-daemon.control.enabled (true) has no effect,"
                                    + " because the application was built with false" + END),
                            reload -> assertThat(reload).isEqualTo("system property: quarkus.proc-daemon.jfr.enabled (true) has"
                                    + " no effect, because the application was built with false" + END)));

    @Inject
    Daemon daemon;

    @Subsystem
    static class Journal {
    }

    @Test
    void aRestartDoesNotHelp() throws Exception {
        System.setProperty("quarkus.proc-daemon.jfr.enabled", "true");
        try {
            ReloadResult result = daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(result.changed()).containsExactly("quarkus.proc-daemon.jfr.enabled");
            assertThat(result.requiresRestart()).isEmpty();
        } finally {
            System.clearProperty("quarkus.proc-daemon.jfr.enabled");
        }
    }
}

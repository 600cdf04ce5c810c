package io.quarkiverse.procdaemon.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;

/** What is configured for the run is looked at by the start: stop timeouts that do not fit are no error, but said. */
@Tag("any-jdk")
class StopBudgetAtStartTest {

    private static final String KEY = "quarkus.proc-daemon.";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class, Ingest.class, Web.class, Off.class, Clock.class))
            .overrideRuntimeConfigKey(KEY + "shutdown.graceful-timeout", "6s")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.stop-timeout", "2s")
            .overrideRuntimeConfigKey(KEY + "subsystem.web.stop-timeout", "1s")
            .overrideRuntimeConfigKey(KEY + "subsystem.\"journal\".stop-timeout", "3500ms")
            .overrideRuntimeConfigKey(KEY + "subsystem.off.stop-timeout", "1m")
            .overrideRuntimeConfigKey(KEY + "subsystem.off.enabled", "false")
            .setLogRecordPredicate(line -> line.getLoggerName().startsWith("io.quarkiverse.procdaemon")
                    && line.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(StopBudgetAtStartTest::check);

    private static void check(List<LogRecord> lines) {
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.getLevel().getName()).isEqualTo("WARN");
            assertThat(line.getLoggerName()).isEqualTo("io.quarkiverse.procdaemon");
            assertThat(line.getMessage()).isEqualTo("The stop timeouts along web -> ingest -> journal (in the order in which "
                    + "they stop: 1s + 2s + 3.500s = 6.500s) do not fit into " + KEY + "shutdown.graceful-timeout (6s): what "
                    + "stops last is interrupted early; raise the graceful timeout to 6.500s or lower them");
        });
    }

    @Inject
    Daemon daemon;

    @Test
    void theDaemonRuns() {
        assertThat(daemon.state()).isEqualTo(DaemonState.RUNNING);
    }

    @Subsystem
    static class Journal {
    }

    @Subsystem(dependsOn = Journal.class)
    static class Ingest {
    }

    @Subsystem(dependsOn = Ingest.class)
    static class Web {
    }

    @Subsystem(dependsOn = Ingest.class)
    static class Off {
    }

    @Subsystem(dependsOn = Journal.class)
    static class Clock {
    }
}

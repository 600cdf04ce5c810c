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

/**
 * The build says early what it knows will not fit. Here the start is configured otherwise and has nothing to say: what the
 * build has read it has not fixed. What cannot be read before the start does not disturb the build.
 */
@Tag("any-jdk")
class StopBudgetAtBuildTest {

    private static final String KEY = "quarkus.proc-daemon.";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(LineJournal.class, Ingest.class, Web.class, Off.class, Later.class))
            .overrideConfigKey(KEY + "subsystem.stop-timeout", "2s")
            .overrideConfigKey(KEY + "subsystem.\"line-journal\".stop-timeout", "4s")
            .overrideConfigKey(KEY + "subsystem.web.stop-timeout", "3s")
            .overrideConfigKey(KEY + "subsystem.off.stop-timeout", "1m")
            .overrideConfigKey(KEY + "subsystem.off.enabled", "false")
            .overrideConfigKey(KEY + "subsystem.later.stop-timeout", "${set.at.run.time}")
            .overrideRuntimeConfigKey("set.at.run.time", "500ms")
            .overrideRuntimeConfigKey(KEY + "subsystem.\"line-journal\".stop-timeout", "500ms")
            .overrideRuntimeConfigKey(KEY + "subsystem.\"web\".stop-timeout", "2s")
            .setLogRecordPredicate(line -> line.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(StopBudgetAtBuildTest::check);

    private static void check(List<LogRecord> lines) {
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.getLevel().getName()).isEqualTo("WARN");
            assertThat(line.getLoggerName())
                    .isEqualTo("io.quarkiverse.procdaemon.deployment.wiring.StopBudgetProcessor");
            assertThat(line.getMessage()).isEqualTo("The stop timeouts along web -> ingest -> line-journal (in the order in "
                    + "which they stop: 3s + 2s + 4s = 9s) do not fit into " + KEY + "shutdown.graceful-timeout (5s): what "
                    + "stops last is interrupted early; raise the graceful timeout to 9s or lower them (as far as the "
                    + "configuration is known at build time)");
        });
    }

    @Inject
    Daemon daemon;

    @Test
    void theDaemonRuns() {
        assertThat(daemon.state()).isEqualTo(DaemonState.RUNNING);
    }

    @Subsystem
    static class LineJournal {
    }

    @Subsystem(dependsOn = LineJournal.class)
    static class Ingest {
    }

    @Subsystem(dependsOn = Ingest.class)
    static class Web {
    }

    @Subsystem(dependsOn = Ingest.class)
    static class Off {
    }

    @Subsystem(dependsOn = Web.class)
    static class Later {
    }
}

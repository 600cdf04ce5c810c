package io.quarkiverse.procdaemon.deployment.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusProdModeTest;

/** The rows of schedules in the guide's table of what lets work in, on Quartz; other tests have the simple scheduler. */
@Tag("any-jdk")
@Timeout(120)
class QuartzTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .setForcedDependencies(Extensions.quartz())
            .withApplicationRoot(jar -> jar.addClasses(Ticks.class, Schedules.Store.class, Schedules.Own.class,
                    Schedules.Compaction.class, Schedules.Job.class, Schedules.Driver.class))
            .setApplicationName("schedules").setRun(true).setExpectExit(true);

    @Test
    void fires() {
        assertThat(lines("fired: ")).containsExactly(
                "@Scheduled of a subsystem: run",
                "@Scheduled of another bean: start, run, shutdown",
                "job of a subsystem: run",
                "job of another bean: start, run, shutdown");
        assertThat(APPLICATION.getExitCode()).isZero();
    }

    @Test
    void theStopDoesNotWaitFor() {
        assertThat(lines("unfinished: ")).containsExactlyInAnyOrder("@Scheduled of another bean", "job of another bean");
    }

    private static Stream<String> lines(String prefix) {
        return APPLICATION.getStartupConsoleOutput().lines().filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()));
    }
}

package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start says how the last run ended. */
class LastRunIT {

    private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";
    private static final String TOOK = "<?[0-9.]+m?s";

    @TempDir
    Path directory;

    @Test
    void thereWasNone() throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).up()) {
            assertThat(daemon.log()).doesNotContain("The last run");
            assertThat(Report.read(Ending.file(directory)).outcome()).isEqualTo("RUNNING");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unbind=FAIL_AFTERWARDS     | 143 | WARN | ended UNCLEAN
            jvm-hook=IGNORE_INTERRUPTS | 137 | WARN | ended KILLED
                                       | 143 | INFO | ended CLEAN
            """)
    void itWasShutDown(String whenUp, int exitCode, String level, String ended) throws Exception {
        long pid;
        try (DaemonProcess daemon = Ending.launch(directory).up()) {
            pid = daemon.pid();
            Preparation.prepare(daemon, whenUp);
            Ending.by(Trigger.TERM, daemon, directory).exits(exitCode, Ending.BOUND);
        }
        awaitInNext(level + " .*The last run of line-collector \\(pid " + pid + "\\) " + ended + " at " + INSTANT
                + ", (in|after) " + TOOK + ": signal TERM \\(exit code " + exitCode + "\\); .*");
    }

    @Test
    void itWasKilledFromOutside() throws Exception {
        long pid;
        try (DaemonProcess daemon = Ending.launch(directory).up()) {
            pid = daemon.pid();
            daemon.kill();
            assertThat(daemon.awaitExit()).isEqualTo(137);
        }
        awaitInNext("WARN .*The last run of line-collector \\(pid " + pid + "\\), begun at " + INSTANT
                + ", ended without a shutdown: it crashed or was killed");
    }

    private void awaitInNext(String regex) throws Exception {
        try (DaemonProcess next = Ending.launch(directory).up()) {
            next.awaitLog(regex + "\n");
            assertThat(next.log()).containsOnlyOnce("The last run of");
        }
    }
}

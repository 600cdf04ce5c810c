package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals one after the other: the first fixes the exit code, the second is the end of politeness, the third of everything. */
@Isolated("a second is too little beside other processes that start")
class ShutdownSignalsIT {

    /** Little beside the timeouts. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({ "TERM, TERM, 143", "TERM, INT, 143", "INT, TERM, 130" })
    void theSecondInterruptsAtOnce(Trigger first, Trigger second, int exitCode) throws Exception {
        try (DaemonProcess daemon = Ending.patient(directory).withFault("serve", "WAIT").up()) {
            Preparation.awaitMet(daemon, "serve=WAIT");
            first.pull(daemon);
            daemon.awaitLog("line-collector is shutting down: " + first.reason());
            daemon.awaitLog("ingest#1 RUNNING -> STOPPING: ");

            Ending ending = Ending.byNextOrder(second, daemon, directory);
            ending.exits(exitCode, AT_ONCE);
            Report report = ending.says(first.reason(), exitCode, Map.of("ingest", "FORCED", "journal", "FORCED"));
            assertThat(report.escalatedBy()).containsExactly(second.name());
            assertThat(daemon.log()).containsPattern("WARN .*line-collector got the signal " + second.name()
                    + " once more, [0-9.]+s after its shutdown began: the graceful time is over");
        }
    }

    /** A terminal, a container's init and a wrapper may each send it. */
    @Test
    void whatComesWithinASecondIsTheSameOrder() throws Exception {
        try (DaemonProcess daemon = Ending.patient(directory).withFault("serve", "WAIT").up()) {
            Preparation.awaitMet(daemon, "serve=WAIT");
            daemon.signalsInARow("TERM", 3);
            daemon.awaitLog("The signal TERM came within a second of the last one and is the same order");
            daemon.awaitLog("ingest#1 RUNNING -> STOPPING: ");

            Ending ending = Ending.byNextOrder(Trigger.TERM, daemon, directory);
            assertThat(daemon.log().split("once more")[0]).doesNotContain("interrupted after");
            ending.exits(143, AT_ONCE);
            Report report = ending.says("signal TERM", 143, Map.of("ingest", "FORCED", "journal", "FORCED"));
            assertThat(report.escalatedBy()).containsExactly("TERM");
        }
    }

    @ParameterizedTest
    @CsvSource({ "TERM, TERM, TERM", "TERM, INT, TERM" })
    void theThirdKillsAtOnce(Trigger first, Trigger second, Trigger third) throws Exception {
        try (DaemonProcess daemon = Ending.patient(directory).withFault("serve", "IGNORE_INTERRUPTS").up()) {
            Preparation.awaitMet(daemon, "serve=IGNORE_INTERRUPTS");
            first.pull(daemon);
            daemon.awaitLog("ingest#1 RUNNING -> STOPPING: ");
            Ending.byNextOrder(second, daemon, directory);
            daemon.awaitLog("An interrupt is ignored");

            Ending ending = Ending.byNextOrder(third, daemon, directory);
            ending.exits(137, AT_ONCE);
            Report report = ending.says(first.reason(), 137, Map.of("ingest", "RUNNING", "journal", "RUNNING"));
            assertThat(report.outcome()).isEqualTo("KILLED");
            assertThat(report.escalatedBy()).containsExactly(second.name(), third.name());
            assertThat(daemon.log()).contains("Mishaps.ignoreInterrupts");
        }
    }

    @Test
    void oneAfterAShutdownByHandDoesNotChangeTheExitCode() throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).withFault("serve", "WAIT").up()) {
            Preparation.awaitMet(daemon, "serve=WAIT");

            Ending ending = Ending.by(Trigger.SHUTDOWN, daemon, directory);
            daemon.awaitLog("line-collector is shutting down: ");
            daemon.terminate();
            ending.exits(7, Ending.BOUND);
            ending.says(Trigger.SHUTDOWN.reason(), 7, Map.of("ingest", "FORCED", "journal", "FORCED"));
        }
    }

    @ParameterizedTest
    @CsvSource({ "TERM", "INT" })
    void theirExitCodeCanBeSet(Trigger signal) throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).with("quarkus.proc-daemon.shutdown.signal-exit-code", "0").up()) {
            Ending ending = Ending.by(signal, daemon, directory);
            ending.exits(0, Ending.BOUND);
            assertThat(ending.says(signal.reason(), 0, Map.of()).outcome()).isEqualTo("CLEAN");
        }
    }

    @Test
    void requestsMayBeWaitedForAsLongAsQuarkusCanCount() throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).with("quarkus.shutdown.timeout", "PT2562047788015H").up()) {
            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            assertThat(ending.says("signal TERM", 143, Map.of()).outcome()).isEqualTo("CLEAN");
            assertThat(daemon.log()).doesNotContain("ArithmeticException");
        }
    }

    @Test
    void oneThatIsIgnoredDoesNothing() throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).with("quarkus.proc-daemon.signals.\"INT\"", "ignore").up()) {
            daemon.signal("INT");
            assertThat(daemon.http().send("GET", "/lines/count").statusCode()).isEqualTo(200);

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of());
        }
    }

    @Test
    void oneThatIsLeftAloneEndsTheVirtualMachineInOrder() throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).with("quarkus.proc-daemon.signals.\"TERM\"", "none").up()) {
            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            Report report = Report.read(Ending.file(directory));
            assertThat(report.reason()).as("that of one who does not know the signal")
                    .isEqualTo("requested by the end of the JVM");
            assertThat(report.ended()).hasSize(3).doesNotContainValue("RUNNING");
        }
    }
}

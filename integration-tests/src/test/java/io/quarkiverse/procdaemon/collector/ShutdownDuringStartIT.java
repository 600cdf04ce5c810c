package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGTERM during the start cancels it. */
class ShutdownDuringStartIT {

    @TempDir
    Path directory;

    /** It is interrupted at once, before anybody who runs is. */
    @Test
    void aStartThatHeedsItsInterruptIsCancelled() throws Exception {
        try (DaemonProcess daemon = Ending.patient(directory).withFault("bind", "WAIT").start()) {
            Ending ending = terminated(daemon, "bind meets the fault WAIT");
            ending.exits(143, Ending.BOUND);

            Report report = ending.says("signal TERM", 143, Map.of());
            assertThat(report.outcome()).isEqualTo("CLEAN");
            assertThat(report.isDuringStart()).isTrue();
            assertThat(daemon.log()).doesNotContain("Listening on:", "interrupted after")
                    .contains("line-collector is shutting down: signal TERM (exit code 143), before it has started");
        }
    }

    /** Quarkus would wait for the start first. */
    @Test
    void alsoByAnEndThatTheVirtualMachineBegins() throws Exception {
        try (DaemonProcess daemon = Ending.patient(directory).with("quarkus.proc-daemon.signals.\"TERM\"", "none")
                .withFault("bind", "WAIT").start()) {
            Ending ending = terminated(daemon, "bind meets the fault WAIT");
            ending.exits(143, Ending.BOUND);

            assertThat(ending.says("requested by the end of the JVM", null, Map.of()).outcome()).isEqualTo("CLEAN");
            assertThat(daemon.log()).doesNotContain("Listening on:", "interrupted after");
        }
    }

    @Test
    void aStartThatIgnoresItsInterruptIsAbandoned() throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).withFault("bind", "IGNORE_INTERRUPTS").start()) {
            Ending ending = terminated(daemon, "bind meets the fault IGNORE_INTERRUPTS");
            ending.exits(143, Ending.BOUND);

            ending.says("signal TERM", 143, Map.of("ingest", "ABANDONED", "journal", "FORCED"));
            assertThat(daemon.log()).doesNotContain("Listening on:")
                    .contains("it ignored its interrupt and was abandoned in its start");
        }
    }

    /** Quarkus would make it 1, since the application has not started. */
    @Test
    void theExitCodeIsThatOfTheCauseThatCancelledTheStart() throws Exception {
        try (DaemonProcess daemon = Ending.patient(directory).withFault("bind", "SHUTDOWN").start()) {
            daemon.awaitLog("bind meets the fault SHUTDOWN");
            Ending ending = Ending.now(daemon, directory);
            ending.exits(7, Ending.BOUND);

            assertThat(ending.says("requested by Daemon.shutdown(7)", 7, Map.of()).outcome()).isEqualTo("CLEAN");
        }
    }

    /** It is the caller's, which the daemon does not know. */
    @Test
    void aStartThatEndsTheProcessIsNotWaitedFor() throws Exception {
        try (DaemonProcess daemon = Ending.patient(directory).withFault("bind", "EXIT").start()) {
            daemon.awaitLog("bind meets the fault EXIT");
            Ending ending = Ending.now(daemon, directory);
            ending.exits(3, Ending.BOUND);

            assertThat(ending.says("requested by the end of the JVM", null, Map.of()).outcome()).isEqualTo("CLEAN");
            assertThat(daemon.log()).doesNotContain("interrupted after").contains("ingest#1 ends the process from its start");
        }
    }

    @Test
    void aStartByHandThatHeedsItsInterruptIsCancelled() throws Exception {
        startByHand(Ending.patient(directory), "WAIT", Map.of());
    }

    @Test
    void aStartByHandThatIgnoresItsInterruptIsAbandoned() throws Exception {
        startByHand(Ending.launch(directory), "IGNORE_INTERRUPTS", Map.of("late", "ABANDONED", "journal", "FORCED"));
    }

    private void startByHand(DaemonProcess.Launch launch, String fault, Map<String, String> otherwise) throws Exception {
        try (DaemonProcess daemon = launch.withFault("late-start", fault).up()) {
            daemon.http().registerOnly("late", "journal");
            Ending ending = terminated(daemon, "late-start meets the fault " + fault);
            ending.exits(143, Ending.BOUND);

            assertThat(ending.says("signal TERM", 143, otherwise).ended()).containsKey("late");
        }
    }

    @ParameterizedTest
    @CsvSource({ "startup-before, NONE", "startup-after, STOPPED" })
    void anObserverOfTheStartThatHangsKeepsNoSubsystemFromStopping(String place, String end) throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).withFault(place, "IGNORE_INTERRUPTS").start()) {
            daemon.awaitLog(place + " meets the fault IGNORE_INTERRUPTS");

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            assertThat(ending.exits(137, Ending.BOUND)).isGreaterThanOrEqualTo(Ending.KILL);

            Report report = ending.says("signal TERM", 137, Map.of("journal", end, "ingest", end, "tally", end));
            assertThat(report.outcome()).isEqualTo("KILLED");
            assertThat(report.held()).contains("thread 'main'").anyMatch(line -> line.contains("Mishaps.ignoreInterrupts"));
        }
    }

    private Ending terminated(DaemonProcess daemon, String when) throws IOException, InterruptedException {
        daemon.awaitLog(when);
        daemon.awaitLog("tally#1 STARTING -> RUNNING");
        return Ending.by(Trigger.TERM, daemon, directory);
    }
}

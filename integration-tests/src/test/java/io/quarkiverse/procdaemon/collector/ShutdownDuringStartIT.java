package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGTERM while something still starts: the start is over. */
class ShutdownDuringStartIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({ "WAIT, FORCED", "IGNORE_INTERRUPTS, ABANDONED" })
    void aStartThatHangsIsCancelled(String fault, String end) throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).withFault("bind", fault).start()) {
            daemon.awaitLog("bind meets the fault " + fault);
            daemon.awaitLog("tally#1 STARTING -> RUNNING");

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            Duration took = ending.exits(143, Ending.BOUND);
            System.out.printf("A start meets %s: ended in %d ms%n", fault, took.toMillis());

            assertThat(ending.says("signal TERM", 143, Map.of("ingest", end)).outcome()).isEqualTo("UNCLEAN");
            assertThat(daemon.log()).doesNotContain("Listening on:");
        }
    }

    @ParameterizedTest
    @CsvSource({ "WAIT, FORCED", "IGNORE_INTERRUPTS, ABANDONED" })
    void aStartByHandThatHangsIsCancelled(String fault, String end) throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).withFault("late-start", fault).up()) {
            DaemonHttp http = daemon.http();
            CompletableFuture<Void> registered = CompletableFuture.runAsync(() -> http.register("late", "journal"));
            daemon.awaitLog("late-start meets the fault " + fault);

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of("late", end));
            assertThat(registered).isNotCompleted();
        }
    }

    @ParameterizedTest
    @CsvSource({ "startup-before, NONE, UserCode.beforeTheDaemon", "startup-after, STOPPED, UserCode.afterTheDaemon" })
    void anObserverOfTheStartThatHangsKeepsNoSubsystemFromStopping(String place, String end, String holder) throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).withFault(place, "IGNORE_INTERRUPTS").start()) {
            daemon.awaitLog(place + " meets the fault IGNORE_INTERRUPTS");

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            assertThat(ending.exits(137, Ending.BOUND)).isGreaterThanOrEqualTo(Ending.KILL);

            Map<String, String> ends = new HashMap<>();
            for (String subsystem : new String[] { "journal", "ingest", "tally" }) {
                ends.put(subsystem, end);
            }
            assertThat(ending.says("signal TERM", 137, ends).outcome()).isEqualTo("KILLED");
            assertThat(daemon.log()).contains(holder);
        }
    }
}

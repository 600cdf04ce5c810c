package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever goes wrong in it, a running collector ends in time, with the exit code of the cause, and reports how. */
class ShutdownTableIT {

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what goes wrong              | from the start             | when it is up                   | ended by   | exit | what does not just stop
            nothing, TERM                  |                            |                                 | TERM       | 143  |
            nothing, INT                   |                            |                                 | INT        | 130  |
            nothing, Daemon.shutdown       |                            |                                 | SHUTDOWN   | 7    |
            nothing, Quarkus.asyncExit     |                            |                                 | ASYNC_EXIT | 7    |
            it is drained                  |                            | drain                           | TERM       | 143  |
            a restart is due in a minute   |                            | back-off                        | TERM       | 143  | ingest=NONE
            System.exit in a body          |                            | append=EXIT                     | LINE       | 3    |
            a body heeds only interrupts   | serve=WAIT                 |                                 | TERM       | 143  | ingest=FORCED journal=FORCED
            a body ignores interrupts      | serve=IGNORE_INTERRUPTS    |                                 | TERM       | 143  | ingest=ABANDONED journal=FORCED
            a body spins                   | serve=SPIN                 |                                 | TERM       | 143  | ingest=ABANDONED journal=FORCED
            the lowest body hangs          | watch=IGNORE_INTERRUPTS    |                                 | TERM       | 143  | journal=ABANDONED
            a clean-up throws              |                            | unbind=FAIL                     | TERM       | 143  | ingest=FAILED
            a clean-up heeds interrupts    |                            | +a a-stop=WAIT                  | TERM       | 143  | a=FORCED journal=FORCED
            ... through an interceptor     |                            | unbind=WAIT                     | TERM       | 143  | ingest=FORCED journal=FORCED
            a clean-up ignores interrupts  |                            | unbind=IGNORE_INTERRUPTS        | TERM       | 143  | ingest=ABANDONED journal=FORCED
            the last clean-up hangs        |                            | close=IGNORE_INTERRUPTS         | TERM       | 143  | journal=ABANDONED
            a body holds a clean-up's lock | serve=HOLD_LOCK            | +a a-stop=TAKE_LOCK             | TERM       | 143  | ingest=ABANDONED a=ABANDONED journal=FORCED
            System.exit in a clean-up      |                            | unbind=EXIT                     | TERM       | 143  |
            System.exit in the last one    |                            | close=EXIT                      | ASYNC_EXIT | 3?   |
            a health check hangs           | accepting=IGNORE_INTERRUPTS |                                | TERM       | 143  | ingest=ABANDONED
            """)
    void itEndsAllTheSame(String what, String fromTheStart, String whenUp, Trigger trigger, String exit, String otherwise)
            throws Exception {
        int exitCode = Integer.parseInt(exit.replace("?", ""));
        boolean isKnown = trigger != Trigger.LINE && !exit.endsWith("?");
        try (DaemonProcess daemon = Preparation.faults(launch(), fromTheStart).up()) {
            Preparation.awaitMet(daemon, fromTheStart);
            Preparation.prepare(daemon, whenUp);

            Ending ending = Ending.by(trigger, daemon, directory);
            System.out.printf("%s: ended in %d ms%n", what, ending.exits(exitCode, Ending.BOUND).toMillis());

            Map<String, String> ends = ends(otherwise);
            Report report = ending.says(trigger.reason(), isKnown ? exitCode : null, ends);
            boolean clean = ends.values().stream().allMatch("NONE"::equals);
            assertThat(report.outcome()).isEqualTo(clean ? "CLEAN" : "UNCLEAN");
            // That another decides the exit code it may learn later.
            String code = exit.endsWith("?") ? " (exit code 7)" : isKnown ? " (exit code " + exitCode + ")" : "";
            assertThat(daemon.log())
                    .containsPattern(
                            "INFO .*" + Pattern.quote("line-collector is shutting down: " + trigger.reason() + code) + "\n")
                    .containsPattern((clean ? "INFO" : "WARN") + " .*line-collector has shut down in ");
        }
    }

    /** Nobody waits for a thread that itself waits for the end of the process. */
    @Test
    void aHealthCheckMayEndTheProcess() throws Exception {
        try (DaemonProcess daemon = launch().withFault("accepting", "EXIT").up()) {
            Ending ending = Ending.now(daemon, directory);
            Duration untilItIsAsked = Duration.ofSeconds(5);
            ending.exits(3, untilItIsAsked.plus(Ending.BOUND));
            assertThat(ending.says(Trigger.LINE.reason(), null, Map.of()).outcome()).isEqualTo("CLEAN");
        }
    }

    /** It ended by itself when asked to, but with an error. */
    @Test
    void whatABodyThrowsWhileItStopsIsSaid() throws Exception {
        try (DaemonProcess daemon = launch().withFault("serve", "FAIL_AFTERWARDS").up()) {
            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);

            Report report = ending.says(Trigger.TERM.reason(), 143, Map.of("ingest", "FAILED"));
            assertThat(report.outcome()).isEqualTo("UNCLEAN");
            assertThat(report.get("subsystem.2.why")).isEqualTo("IllegalStateException: A test made serve fail");
            assertThat(daemon.log()).containsPattern("WARN .*ingest#1 STOPPING: it failed while it stopped: "
                    + "java.lang.IllegalStateException: A test made serve fail\n\tat .*Mishaps");
        }
    }

    /** It returns only when the application has stopped. */
    @Test
    void aBodyThatWaitsForTheEndOfTheApplicationIsNotWaitedFor() throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            Preparation.prepare(daemon, "append=BLOCKING_EXIT");

            Ending ending = Ending.by(Trigger.LINE, daemon, directory);
            ending.exits(0, Ending.BOUND);
            assertThat(ending.says(Trigger.ASYNC_EXIT.reason(), 0, Map.of()).outcome()).isEqualTo("CLEAN");
            assertThat(daemon.log()).contains("ingest#1 ends the process from its body");
        }
    }

    /** It hears of the next event all the same. */
    @Test
    void anObserverOfEventsThatThrowsDelaysNothing() throws Exception {
        try (DaemonProcess daemon = launch().withFault("subsystem-event", "FAIL").up()) {
            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            assertThat(ending.says(Trigger.TERM.reason(), 143, Map.of()).outcome()).isEqualTo("CLEAN");

            String stopping = daemon.log().split("line-collector is shutting down")[1];
            assertThat(stopping.split("subsystem-event meets the fault FAIL")).hasSizeGreaterThan(6);
            assertThat(stopping).contains("IllegalStateException: A test made subsystem-event fail");
        }
    }

    /** On platform threads: in a native executable two virtual ones that deadlock keep two carriers, perhaps the only ones. */
    @Test
    void itEndsThoughCleanUpsDeadlock() throws Exception {
        try (DaemonProcess daemon = launch().with("quarkus.proc-daemon.subsystem.thread", "platform").up()) {
            Preparation.prepare(daemon, "+a a-stop=DEADLOCK +b b-stop=DEADLOCK");

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            ending.says(Trigger.TERM.reason(), 143, Map.of("a", "ABANDONED", "b", "ABANDONED", "journal", "FORCED"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what hangs                   | when it is up                     | threads that may hold the process
            a shutdown hook                | jvm-hook=IGNORE_INTERRUPTS        | user-shutdown-hook
            an observer of ShutdownEvent   | shutdown-event=IGNORE_INTERRUPTS  | main, Shutdown thread
            another shutdown listener      | pre-shutdown=IGNORE_INTERRUPTS    | main, Shutdown thread
            """)
    void itIsKilled(String what, String whenUp, String threads) throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            Preparation.prepare(daemon, whenUp);

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            assertThat(ending.exits(137, Ending.BOUND)).isGreaterThanOrEqualTo(Ending.KILL);

            Report report = ending.says(Trigger.TERM.reason(), 137, Map.of());
            assertThat(report.outcome()).isEqualTo("KILLED");
            Pattern holder = Pattern.compile("thread '(" + threads.replace(", ", "|")
                    + ")'\n( *(at .*|\\.{3})\n)* *at .*\\.Mishaps\\.ignoreInterrupts");
            assertThat(String.join("\n", report.held())).containsPattern(holder);
            assertThat(daemon.log().split("is killed after")[1]).containsPattern(holder);
            List<String> warnings = List.of(daemon.log().split("line-collector is still shutting down after "));
            assertThat(warnings.subList(1, warnings.size())).as("at 50 and 80 %% of the time:%n%s", daemon.log())
                    .hasSizeGreaterThanOrEqualTo(2).allSatisfy(text -> assertThat(text).containsPattern(holder));
        }
    }

    /** The journal logs in its clean-up, so that blocks, too. */
    @Test
    void itIsKilledThoughAllLoggingBlocks() throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            daemon.http().arm("log-handler", "IGNORE_INTERRUPTS");

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(137, Ending.BOUND);
            Report report = ending.says(Trigger.TERM.reason(), 137, Map.of("journal", "ABANDONED"));
            assertThat(report.outcome()).isEqualTo("KILLED");
        }
    }

    private DaemonProcess.Launch launch() {
        return Ending.launch(directory)
                .with("quarkus.proc-daemon.subsystem.health.interval", "100ms")
                .with("quarkus.proc-daemon.subsystem.restart.initial-delay", "1m")
                .with("quarkus.proc-daemon.subsystem.restart.max-delay", "1m")
                .with("quarkus.proc-daemon.subsystem.restart.jitter", "0");
    }

    private static Map<String, String> ends(String words) {
        Map<String, String> ends = new TreeMap<>();
        for (String word : words == null ? new String[0] : words.split(" ")) {
            ends.put(word.split("=")[0], word.split("=")[1]);
        }
        return ends;
    }
}

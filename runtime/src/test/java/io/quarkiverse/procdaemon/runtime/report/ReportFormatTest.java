package io.quarkiverse.procdaemon.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Entry;
import io.quarkiverse.procdaemon.ShutdownReport.Escalation;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** What is written is read again, whatever stands in it; what is not whole is not read. */
class ReportFormatTest {

    private static final String[] PIECES = { " ", "  ", "\t", "\n", "\r\n", "\f", "\\", "\\n", "\\u0041", "\\u", "=", ":", "#",
            "!", "a", "held.1", "outcome=CLEAN", "ä", "日本", "😀", "\u0000", "\u0085", "\u2028", "\uFEFF", "'", "\"", "%s",
            "," };

    private static ShutdownReport report(Outcome outcome, List<Entry> entries, List<String> held) {
        return new ShutdownReport("collector", 4711, outcome, Optional.of(new ShutdownReason.Signal(15, "TERM")),
                OptionalInt.of(143),
                Instant.parse("2026-01-02T03:04:05.678901234Z"), false, Duration.ofMillis(1234), entries, held,
                List.of(new Escalation(new ShutdownReason.Signal(2, "INT"), Instant.parse("2026-01-02T03:04:06.5Z"))));
    }

    private static Entry entry(SubsystemState was, Ending ended) {
        return new Entry("journal", was, ended, Duration.ofNanos(1), "why");
    }

    private static void assertRoundTrip(ShutdownReport report) {
        assertThat(ReportFormat.read(ReportFormat.write(report))).isEqualTo(report);
    }

    @Test
    void peopleReadItTopDown() {
        assertThat(ReportFormat.write(report(Outcome.KILLED,
                List.of(new Entry("journal", SubsystemState.RUNNING, Ending.RUNNING, Duration.ofSeconds(15), "it is STOPPING")),
                List.of("journal#1 STOPPING, in its body", "    at Journal.run"))).lines()).containsExactly(
                        "daemon=collector", "pid=4711", "outcome=KILLED", "reason=signal TERM", "reason.type=Signal",
                        "reason.number=15", "reason.name=TERM", "exit-code=143",
                        "began=2026-01-02T03:04:05.678901234Z", "took=PT1.234S", "escalation.1.signal=INT",
                        "escalation.1.number=2",
                        "escalation.1.at=2026-01-02T03:04:06.500Z", "subsystems=1", "subsystem.1.name=journal",
                        "subsystem.1.was=RUNNING", "subsystem.1.ended=RUNNING", "subsystem.1.took=PT15S",
                        "subsystem.1.why=it is STOPPING", "held=2", "held.1=journal#1 STOPPING, in its body",
                        "held.2=\\    at Journal.run");
    }

    /** A file of an earlier version does not say it. */
    @Test
    void aShutdownDuringTheStartIsSaidToBeOne() {
        ShutdownReport later = report(Outcome.CLEAN, List.of(), List.of());
        String before = ReportFormat.write(new ShutdownReport("collector", 4711, Outcome.CLEAN, later.reason(),
                later.exitCode(), later.began(), true, later.took(), List.of(), List.of(), List.of()));
        assertThat(before).contains("\nduring-start=true\n");
        assertThat(ReportFormat.read(before).duringStart()).isTrue();
        assertThat(ReportFormat.write(later)).doesNotContain("during-start");
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcome(Outcome outcome) {
        assertRoundTrip(report(outcome, List.of(), List.of()));
    }

    @Test
    void aProcessThatHasNotEndedIsRunning() {
        assertThat(ReportFormat.write(report(Outcome.CRASHED, List.of(), List.of()))).contains("\noutcome=RUNNING\n")
                .doesNotContain("CRASHED");
    }

    @Test
    void everyStateAndEveryEnding() {
        List<Entry> entries = new ArrayList<>();
        for (SubsystemState was : SubsystemState.values()) {
            for (Ending ended : Ending.values()) {
                entries.add(entry(was, ended));
            }
        }
        assertRoundTrip(report(Outcome.UNCLEAN, entries, List.of()));
    }

    @Test
    void noExitCode() {
        assertRoundTrip(
                new ShutdownReport("", 1, Outcome.CLEAN, Optional.empty(), OptionalInt.empty(), Instant.EPOCH, true,
                        Duration.ZERO,
                        List.of(), List.of(), List.of()));
    }

    @Test
    void thousandsOfSubsystems() {
        List<Entry> entries = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            entries.add(new Entry("s" + i, SubsystemState.RUNNING, Ending.STOPPED, Duration.ofMillis(i), ""));
            held.add("    at line " + i);
        }
        assertRoundTrip(report(Outcome.KILLED, entries, held));
    }

    @Test
    void anyText() {
        long seed = Long.getLong("report.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            List<Entry> entries = new ArrayList<>();
            List<String> held = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                entries.add(new Entry(text(random), any(random, SubsystemState.values()), any(random, Ending.values()),
                        Duration.ofNanos(random.nextLong()), text(random)));
                held.add(text(random));
            }
            ShutdownReport report = new ShutdownReport(text(random), random.nextLong(), any(random, Outcome.values()),
                    reason(random), random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt()),
                    Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)), random.nextBoolean(),
                    Duration.ofNanos(random.nextLong()),
                    entries, held, random.nextBoolean() ? List.of()
                            : List.of(new Escalation(
                                    new ShutdownReason.Signal(random.nextInt(), text(random)),
                                    Instant.ofEpochSecond(random.nextInt()))));
            assertThat(ReportFormat.read(ReportFormat.write(report))).as("-Dreport.seed=%d, report %d", seed, i)
                    .isEqualTo(report);
        }
    }

    private static Optional<ShutdownReason> reason(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new ShutdownReason.Signal(random.nextInt(), text(random)));
            case 2 -> Optional.of(new ShutdownReason.Requested(text(random)));
            case 3 -> Optional.of(new ShutdownReason.SubsystemFailed(text(random), new Failure(text(random), text(random),
                    text(random), any(random, SubsystemEvent.Phase.values()), random.nextLong(),
                    Instant.ofEpochSecond(random.nextInt()))));
            case 4 -> Optional.of(new ShutdownReason.ResourceExhausted(text(random)));
            case 5 -> Optional.of(new ShutdownReason.DependencyLost(text(random)));
            case 6 -> Optional.of(new ShutdownReason.Stop());
            default -> Optional.of(new ShutdownReason.Restart());
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            text.append(random.nextInt(4) == 0 ? String.valueOf((char) random.nextInt(0xD800))
                    : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** The file must not command the terminal of a reader who uses cat. */
    @Test
    void noControlCharacterStandsInTheFile() {
        String text = "\u0000\u0007\t\u001b[2J\u007f\u0085\u009b\u202e\u2066\ufeff";
        ShutdownReport report = report(Outcome.UNCLEAN, List.of(new Entry("journal", SubsystemState.RUNNING, Ending.FAILED,
                Duration.ofNanos(1), text)), List.of(text));
        assertThat(ReportFormat.write(report))
                .contains("held.1=\\u0000\\u0007\\t\\u001b[2J\\u007f\\u0085\\u009b\\u202e\\u2066\\ufeff\n")
                .matches("[\\n\\x20-\\x7e]*");
        assertRoundTrip(report);
    }

    @Test
    void noPartOfItIsTakenForTheWhole() {
        String whole = ReportFormat.write(report(Outcome.KILLED, List.of(entry(SubsystemState.RUNNING, Ending.RUNNING)),
                List.of("journal#1", "    at X")));
        for (int length = 0; length < whole.length(); length++) {
            String part = whole.substring(0, length);
            assertThatThrownBy(() -> ReportFormat.read(part)).as(part).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            outcome=KILLED      | outcome=SPLENDID | No enum constant io.quarkiverse.procdaemon.ShutdownReport.Outcome.SPLENDID
            pid=4711            | pid=me           | For input string: "me"
            subsystems=1        | subsystems=2     | the key 'subsystem.2.name' is missing
            subsystems=1        | subsystems=none  | For input string: "none"
            reason.type=Signal  | reason.type=Moon | there is no reason of the type 'Moon'
            reason.number=15    | reason.number=X  | For input string: "X"
            reason.name=TERM    | reason.nam=TERM  | the key 'reason.name' is missing
            held=1              | held=2           | the key 'held.2' is missing
            daemon=collector    | demon=collector  | the key 'daemon' is missing
            exit-code=143       | exit-code=       | For input string: ""
            reason=signal TERM  | reason=\\uXYZ    | Malformed \\uxxxx encoding.
            subsystem.1.ended=  | subsystem.1.end= | the key 'subsystem.1.ended' is missing
            """)
    void whatIsWrongIsSaid(String right, String wrong, String message) {
        String text = ReportFormat
                .write(report(Outcome.KILLED, List.of(entry(SubsystemState.RUNNING, Ending.RUNNING)), List.of("journal#1")));
        assertThat(text).contains(right);
        assertThatThrownBy(() -> ReportFormat.read(text.replace(right, wrong))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}

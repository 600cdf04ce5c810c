package io.quarkiverse.procdaemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A recording has every event that the control socket has, however it began, and those of the whole daemon. */
class JfrIT {

    private static final boolean NATIVE = !System.getProperty("control.program").endsWith(".jar");
    private static final String OURS = "io.quarkiverse.procdaemon.";
    private static final Pattern EVENT = Pattern.compile("\\{\"type\":\"(\\w+)\",\"sequence\":(\\d+),.*");
    private static final Pattern SUBSYSTEM = Pattern.compile("\"subsystem\":\"(\\w+)\"");
    private static final Pattern GENERATION = Pattern.compile("\"generation\":(\\d+)");
    private static final Path CHAPTER = Path.of("..", "..", "docs", "observability.md");
    private static final Pattern SECTION = Pattern.compile("^## Java Flight Recorder\n(.*?)(?=^## |\\z)",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```sh\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    Path directory;

    private Path recording() {
        return directory.resolve("billing.jfr");
    }

    private Billing billing(String... options) throws IOException {
        return Billing.up(directory, Stream.concat(Stream.of(options),
                Stream.of("-Dquarkus.proc-daemon.subsystem.restart.initial-delay=10ms")).toArray(String[]::new));
    }

    /** A crash with a restart, a restart through the API, a reload, a drain and a shutdown; what the socket says of it. */
    private static List<String> live(Billing billing) throws Exception {
        Process stream = new ProcessBuilder("curl", "-sSN", "--unix-socket", billing.socket.toString(),
                "http://d/v1/events?from=1").redirectErrorStream(true).start();
        BufferedReader lines = stream.inputReader();
        String first = lines.readLine();
        billing.hook("fail", true);
        billing.awaitLog("ingest#\\d+ STOPPING -> RESTARTING");
        billing.hook("fail", false);
        billing.await("ingest runs again", () -> billing.curl("/v1/subsystems").matches("(?s).*ingest +RUNNING.*"));
        assertThat(billing.json("-X", "POST", "/v1/subsystems/ingest/restart")).contains("\"state\":\"RUNNING\"");
        assertThat(billing.json("-X", "POST", "/v1/reload")).contains("\"status\":\"UNCHANGED\"");
        billing.json("-X", "POST", "/v1/drain");
        billing.json("-X", "POST", "/v1/resume");
        billing.terminate();
        List<String> events = Stream.concat(Stream.of(first), lines.lines()).map(JfrIT::ofLine).toList();
        assertThat(stream.waitFor()).isZero();
        assertThat(billing.awaitExit()).isEqualTo(143);
        assertThat(billing.log()).doesNotContain("ERROR", "The listener ");
        return events;
    }

    private static String ofLine(String line) {
        Matcher event = EVENT.matcher(line);
        assertThat(event.matches()).as(line).isTrue();
        return event.group(2) + " " + event.group(1) + " " + find(SUBSYSTEM, line) + "#" + find(GENERATION, line);
    }

    private static String find(Pattern pattern, String line) {
        Matcher found = pattern.matcher(line);
        assertThat(found.find()).as(line).isTrue();
        return found.group(1);
    }

    private static List<RecordedEvent> ours(Path recording) throws IOException {
        return RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().startsWith(OURS))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime)).toList();
    }

    private static List<String> ofSubsystems(List<RecordedEvent> events) {
        return events.stream().filter(event -> event.hasField("sequence"))
                .sorted(Comparator.comparingLong(event -> event.getLong("sequence")))
                .map(event -> event.getLong("sequence") + " " + event.getString("event") + " "
                        + event.getString("subsystem") + "#" + event.getLong("generation"))
                .toList();
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String type) {
        return events.stream().filter(event -> event.getEventType().getName().equals(OURS + type)).toList();
    }

    private static void isWhole(List<RecordedEvent> events) {
        assertThat(of(events, "ConfigReload")).singleElement()
                .satisfies(reload -> assertThat(reload.getString("status")).isEqualTo("UNCHANGED"));
        assertThat(of(events, "Drain")).extracting(event -> event.getString("phase")).containsExactly("BEGAN", "RESUMED");
        assertThat(of(events, "SubsystemFailure")).isNotEmpty().allSatisfy(failure -> {
            assertThat(failure.getString("subsystem")).isEqualTo("ingest");
            assertThat(failure.getString("message")).isEqualTo("the disk \"a\" is full\\nreally");
            assertThat(failure.getString("frame")).startsWith("io.quarkiverse.procdaemon.control.Ingest.serve(");
        });
        assertThat(of(events, "ShutdownPhase")).allSatisfy(phase -> {
            assertThat(phase.getString("reason")).isEqualTo("signal TERM");
            assertThat(phase.getInt("exitCode")).isEqualTo(143);
        });
    }

    /** All events from the first that has been recorded; the JVM may write the recording before those of the shutdown. */
    private static void endsAs(List<String> journal, List<String> recorded) {
        assertThat(recorded).isNotEmpty();
        List<String> expected = journal.subList(journal.indexOf(recorded.get(0)), journal.size());
        assertThat(expected).startsWith(recorded.toArray(String[]::new));
        assertThat(recorded).anyMatch(event -> event.endsWith(" Started ingest#3"));
        assertThat(recorded).anyMatch(event -> event.contains(" Failed ingest#1"));
    }

    @Test
    void fromTheStartOn() throws Exception {
        try (Billing billing = billing("-XX:StartFlightRecording=filename=" + recording())) {
            List<String> journal = live(billing);
            List<RecordedEvent> events = ours(recording());
            isWhole(events);
            endsAs(journal, ofSubsystems(events));
            assertThat(ofSubsystems(events)).first().asString().startsWith("1 ");
        }
    }

    @Test
    void begunThroughTheControlSocket() throws Exception {
        try (Billing billing = billing()) {
            billing.curl("-X", "POST", "/v1/recordings?duration=1h&wait=false");
            List<String> journal = live(billing);
            try (Stream<Path> files = Files.list(directory.resolve("dumps"))) {
                List<RecordedEvent> events = ours(files.filter(file -> file.toString().endsWith(".jfr")).findFirst()
                        .orElseThrow());
                endsAs(journal, ofSubsystems(events));
                isWhole(events);
            }
        }
    }

    @Test
    void begunWithJcmd() throws Exception {
        Assumptions.assumeFalse(NATIVE, "jcmd is for the JVM");
        try (Billing billing = billing()) {
            Billing.Result begun = Billing.run(Map.of(), Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(billing.pid()), "JFR.start", "filename=" + recording(), "dumponexit=true");
            assertThat(begun.exitCode()).as(begun.output()).isZero();
            List<String> journal = live(billing);
            List<RecordedEvent> events = ours(recording());
            endsAs(journal, ofSubsystems(events));
            isWhole(events);
        }
    }

    private String run(String block) throws Exception {
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
        Billing.Result result = Billing.run(Map.of("RECORDING", recording().toString(), "PATH", path), "sh", "-c",
                "set -e\n" + block);
        assertThat(result.exitCode()).as("%s%n%s", block, result.output()).isZero();
        System.out.println(block + result.output());
        return result.output();
    }

    @Test
    void theCommandsOfTheChapter() throws Exception {
        Assumptions.assumeFalse(NATIVE, "they are the same for a native executable");
        String section = SECTION.matcher(Files.readString(CHAPTER)).results().map(found -> found.group(1)).findFirst()
                .orElseThrow();
        List<String> blocks = BLOCK.matcher(section).results().map((MatchResult found) -> found.group(1)).toList();
        assertThat(blocks).hasSize(3);
        try (Billing billing = billing("-XX:StartFlightRecording=filename=" + recording())) {
            live(billing);
        }
        assertThat(run(blocks.get(0))).containsSubsequence(OURS + "SubsystemFailure {", "exception = \"java.io.IOException\"",
                "phase = \"RUN\"", "sequence = ", "subsystem = \"ingest\"", "event = \"Failed\"",
                OURS + "SubsystemRestart {", "delay = ", "attempt = 1");
        // It may be missing: the JVM may have written the recording before.
        assertThat(run(blocks.get(1)))
                .containsPattern("^$|ShutdownPhase \\{[^}]*phase = \"BEGAN\"[^}]*reason = \"signal TERM\"");
        assertThat(run(blocks.get(2))).contains(OURS + "SubsystemTransition {", OURS + "ConfigReload {",
                OURS + "Drain {").doesNotContain("jdk.");
    }
}

package io.quarkiverse.procdaemon.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Entry;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.LogCapture;

/** What one process leaves to the next, and what that makes of it. */
@Timeout(60)
class ReportFileTest {

    private static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05Z");
    private static final long ME = ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private final LogCapture log = new LogCapture("io.quarkiverse.procdaemon.runtime.report");
    private Path path;
    private ReportFile file;

    @BeforeEach
    void open() {
        path = directory.resolve("last.properties");
        file = new ReportFile(path);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static ShutdownReport report(long pid, Outcome outcome, Ending ended, String why) {
        return new ShutdownReport("collector", pid, outcome, Optional.of(new ShutdownReason.Signal(15, "TERM")),
                OptionalInt.of(outcome == Outcome.KILLED ? 137 : 143), BEGAN, false, Duration.ofMillis(1500),
                List.of(new Entry("journal", SubsystemState.RUNNING, ended, Duration.ofMillis(35), why)), List.of(), List.of());
    }

    private static ShutdownReport running(long pid, Instant began) {
        return new ShutdownReport("collector", pid, Outcome.CRASHED, Optional.empty(), OptionalInt.empty(), began,
                false, Duration.ZERO, List.of(),
                List.of(), List.of());
    }

    private static long pidOfNobody() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return gone.pid();
    }

    @Test
    void thereIsNothingToSayTheFirstTime() throws IOException {
        assertThat(file.begin("collector")).isEmpty();
        assertThat(log.lines()).isEmpty();
        assertThat(Files.readString(path)).startsWith("daemon=collector\npid=" + ME + "\noutcome=RUNNING\nreason=\nbegan=")
                .endsWith("\ntook=PT0S\nsubsystems=0\nheld=0\n");
    }

    @Test
    void aCleanEndIsAnInfo() {
        ShutdownReport last = report(4711, Outcome.CLEAN, Ending.STOPPED, "");
        file.shutdownEnded(last);
        assertThat(new ReportFile(path).begin("collector")).contains(last);
        assertThat(log.lines())
                .containsExactly("INFO The last run of collector (pid 4711) ended CLEAN at 2026-01-02T03:04:06.500Z,"
                        + " in 1.500s: signal TERM (exit code 143); 1 stopped");
    }

    @Test
    void anUncleanEndIsAWarning() {
        file.shutdownEnded(report(4711, Outcome.UNCLEAN, Ending.FORCED, "it did not end in time and was interrupted"));
        new ReportFile(path).begin("collector");
        assertThat(log.lines()).containsExactly("WARN The last run of collector (pid 4711) ended UNCLEAN at"
                + " 2026-01-02T03:04:06.500Z, in 1.500s: signal TERM (exit code 143); 1 forced");
    }

    @Test
    void aKillIsAWarning() {
        file.shutdownEnded(report(4711, Outcome.KILLED, Ending.RUNNING, "it is STOPPING"));
        new ReportFile(path).begin("collector");
        assertThat(log.lines()).containsExactly("WARN The last run of collector (pid 4711) ended KILLED at"
                + " 2026-01-02T03:04:06.500Z, after 1.500s: signal TERM (exit code 137); 1 running");
    }

    @Test
    void aProcessThatIsGoneWithoutAWordHasCrashed() throws Exception {
        ShutdownReport last = running(pidOfNobody(), BEGAN);
        file.shutdownEnded(last);
        assertThat(file.begin("collector")).contains(last);
        assertThat(log.lines()).containsExactly(crashed(last.pid(), BEGAN));
    }

    /** In a container each process has the same number. */
    @Test
    void aProcessOfTheSameNumberHasCrashedToo() {
        file.shutdownEnded(running(ME, BEGAN));
        assertThat(file.begin("collector")).contains(running(ME, BEGAN));
        assertThat(log.lines()).containsExactly(crashed(ME, BEGAN));
    }

    @Test
    void aProcessWhoseNumberAnotherHasNowHasCrashedToo() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            file.shutdownEnded(running(other.pid(), BEGAN));
            assertThat(file.begin("collector")).contains(running(other.pid(), BEGAN));
            assertThat(log.lines()).containsExactly(crashed(other.pid(), BEGAN));
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static String crashed(long pid, Instant began) {
        return "WARN The last run of collector (pid " + pid + "), begun at " + began
                + ", ended without a shutdown: it crashed or was killed";
    }

    @Test
    void aProcessThatStillRunsHasNotCrashedButSharesTheFile() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            file.shutdownEnded(running(other.pid(), Instant.now()));
            assertThat(file.begin("collector")).isEmpty();
            assertThat(log.lines())
                    .containsExactly("WARN The process " + other.pid() + " (collector) is still running and writes"
                            + " its report to " + path
                            + " as well; set quarkus.proc-daemon.shutdown.report-file to a file of its own for each"
                            + " process");
            assertThat(Files.readString(path)).contains("\npid=" + ME + "\n");
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aProcessThatStillRunsThoughItsShutdownIsOverIsTold() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            file.shutdownEnded(report(other.pid(), Outcome.CLEAN, Ending.STOPPED, ""));
            assertThat(file.begin("collector")).isPresent();
            assertThat(log.lines()).singleElement().asString().startsWith("INFO The last run of collector (pid " + other.pid());
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private String notKnown(String why) {
        return "WARN It is unknown how the last run ended, because its report cannot be read from " + path + ": " + why;
    }

    private static String notWritten(Path file, String why) {
        return "ERROR Cannot write the report to " + file + ": " + why + "; the next start will not know how this run ended."
                + " Check permissions and free space, or set quarkus.proc-daemon.shutdown.report-file to another path";
    }

    @Test
    void garbageIsNotKnown() throws IOException {
        Files.writeString(path, "no such thing\n");
        assertThat(file.begin("collector")).isEmpty();
        assertThat(log.lines()).containsExactly(notKnown("the key 'outcome' is missing"));
        assertThat(ReportFormat.read(Files.readString(path)).outcome()).isEqualTo(Outcome.CRASHED);
    }

    @Test
    void halfAFileIsNotKnown() throws IOException {
        String whole = ReportFormat.write(report(1, Outcome.CLEAN, Ending.STOPPED, ""));
        Files.writeString(path, whole.substring(0, whole.length() - 3));
        assertThat(file.begin("collector")).isEmpty();
        assertThat(log.lines()).containsExactly(notKnown("it does not end with a whole line"));
    }

    @Test
    void anUnknownMomentIsNotKnown() throws IOException {
        Files.writeString(path,
                ReportFormat.write(report(1, Outcome.CLEAN, Ending.STOPPED, "")).replace("began=2026", "began=soon"));
        assertThat(file.begin("collector")).isEmpty();
        assertThat(log.lines()).containsExactly(notKnown("Text 'soon-01-02T03:04:05Z' could not be parsed at index 0"));
    }

    @Test
    void bytesThatAreNoTextAreNotKnown() throws IOException {
        Files.write(path, new byte[] { (byte) 0xff, (byte) 0xfe, '\n' });
        assertThat(file.begin("collector")).isEmpty();
        assertThat(log.lines()).containsExactly(notKnown("it is not UTF-8 text"));
    }

    @Test
    void aDirectoryThatIsMissingIsMade() {
        Path deep = directory.resolve("a/b/last.properties");
        new ReportFile(deep).begin("collector");
        assertThat(deep).exists();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aLinkToADirectoryIsOne() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        new ReportFile(link.resolve("last.properties")).begin("collector");
        assertThat(real.resolve("last.properties")).exists();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aDirectoryInItsPlaceIsAnErrorAndNothingElse() throws IOException {
        Files.createDirectory(path);
        assertThat(file.begin("collector")).isEmpty();
        file.shutdownEnded(report(1, Outcome.CLEAN, Ending.STOPPED, ""));
        String error = notWritten(path, "it is a directory");
        assertThat(log.lines()).containsExactly(notKnown("it is a directory"), error, error);
        assertThat(directory).isDirectoryNotContaining(any -> !any.equals(path));
    }

    @Test
    void theRootIsADirectoryToo() {
        assertThat(new ReportFile(Path.of("/")).begin("collector")).isEmpty();
        assertThat(log.lines()).last().isEqualTo(notWritten(Path.of("/"), "it is a directory"));
    }

    /** Stands for any directory that cannot be written to, for root as well. */
    @Test
    void aFileInThePlaceOfItsDirectoryIsAnErrorAndNothingElse() throws IOException {
        Path blocked = Files.createFile(directory.resolve("blocked"));
        new ReportFile(blocked.resolve("last.properties")).begin("collector");
        assertThat(log.lines()).last()
                .isEqualTo(notWritten(blocked.resolve("last.properties"), blocked + " is not a directory"));
    }

    @Test
    void aTextCutOffInTheMiddleOfALetterIsWrittenThough() {
        file.shutdownEnded(report(4711, Outcome.UNCLEAN, Ending.FAILED, "cut off: \uD83D"));
        assertThat(file.begin("collector")).hasValueSatisfying(
                last -> assertThat(last.entries().get(0).why()).isEqualTo("cut off: ?"));
        assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void aReaderNeverSeesHalfAReport() throws Exception {
        ShutdownReport one = report(1, Outcome.CLEAN, Ending.STOPPED, "");
        ShutdownReport other = report(2, Outcome.UNCLEAN, Ending.FAILED, "why ".repeat(20_000));
        file.shutdownEnded(one);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            int changes = 0;
            ShutdownReport last = one;
            while (!over.get()) {
                ShutdownReport now = read();
                assertThat(now).isIn(one, other);
                changes += now.equals(last) ? 0 : 1;
                last = now;
            }
            return changes;
        });
        int writes = 0;
        while (writes < 300 && !reader.isDone()) {
            file.shutdownEnded(writes++ % 2 == 0 ? other : one);
        }
        over.set(true);
        assertThat(reader.get(30, TimeUnit.SECONDS)).as("seen changing").isPositive();
        assertThat(log.lines()).isEmpty();
    }

    private ShutdownReport read() {
        try {
            return ReportFormat.read(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}

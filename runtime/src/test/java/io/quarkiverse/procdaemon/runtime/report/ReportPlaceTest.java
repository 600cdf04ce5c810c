package io.quarkiverse.procdaemon.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Entry;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.LogCapture;

/** A report does no harm, whatever stands at its path. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ReportPlaceTest {

    private static final ShutdownReport ENDED = new ShutdownReport("collector", 4711, Outcome.CLEAN,
            Optional.of(new ShutdownReason.Signal(15, "TERM")), OptionalInt.of(143), Instant.parse("2026-01-02T03:04:05Z"),
            false, Duration.ofMillis(1500),
            List.of(new Entry("journal", SubsystemState.RUNNING, Ending.STOPPED, Duration.ofMillis(35), "")), List.of(),
            List.of());

    @TempDir
    Path directory;

    private final LogCapture log = new LogCapture("io.quarkiverse.procdaemon.runtime.report");

    @AfterEach
    void close() {
        log.close();
    }

    private Path path() {
        return directory.resolve("last.properties");
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static void runOnce(Path file) {
        ReportFile report = new ReportFile(file);
        report.begin("collector");
        report.shutdownEnded(ENDED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exit-code=143      | exit-code=99999999999             | For input string: "99999999999"
            subsystems=1       | subsystems=2000000000             | the key 'subsystem.2.name' is missing
            held=0             | held=-1                           | the key 'held' is negative: -1
            took=PT1.5S        | took=PT9223372036854775807S       | long overflow
            began=2026-01-02T03:04:05Z | began=+1000000000-12-31T23:59:59Z | Instant exceeds minimum or maximum instant
            took=PT1.5S        | took=P999999999999999999D         | Text cannot be parsed to a Duration
            """)
    void aNumberOutOfRangeFailsNoStart(String right, String wrong, String why) throws IOException {
        Files.writeString(path(), ReportFormat.write(ENDED).replace(right, wrong));
        assertThat(new ReportFile(path()).begin("collector")).isEmpty();
        assertThat(log.lines()).singleElement().asString().startsWith(notRead() + why);
    }

    private String notRead() {
        return "WARN It is unknown how the last run ended, because its report cannot be read from " + path() + ": ";
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-1", "-9223372036854775808", "4294967297", "9223372036854775807" })
    void aNumberThatNoProcessHasFailsNoStart(String pid) throws IOException {
        Files.writeString(path(),
                ReportFormat.write(ENDED).replace("pid=4711", "pid=" + pid).replace("outcome=CLEAN", "outcome=RUNNING"));
        assertThatCode(() -> new ReportFile(path()).begin("collector")).doesNotThrowAnyException();
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void aHugeFileIsNotRead() throws Exception {
        run("truncate", "--size=3G", path().toString());
        assertThat(new ReportFile(path()).begin("collector")).isEmpty();
        assertThat(log.lines()).containsExactly(notRead() + "it is larger than 4 MiB");
        assertThat(Files.size(path())).isLessThan(1_000);
    }

    @Test
    void anEmptyFileIsNoReport() throws IOException {
        Files.createFile(path());
        assertThat(new ReportFile(path()).begin("collector")).isEmpty();
        assertThat(log.lines()).isEmpty();
        assertThat(Files.readString(path())).contains("outcome=RUNNING");
    }

    @Test
    void noLineOfTheLogIsForged() throws IOException {
        Files.writeString(path(), ReportFormat.write(ENDED).replace("daemon=collector", "daemon=a\\nERROR \\u001b[31mb")
                .replace("reason.name=TERM", "reason.name=\\r\\u202eTERM"));
        new ReportFile(path()).begin("collector");
        assertThat(log.lines()).singleElement().asString().startsWith("INFO The last run of a\\nERROR \\u001b[31mb (pid 4711)")
                .contains("signal \\r\\u202eTERM (exit code 143)").doesNotContain("\n", "\u001b", "\r", "\u202e");
    }

    @Test
    void aFifoIsLeftAlone() throws Exception {
        run("mkfifo", path().toString());
        Path link = Files.createSymbolicLink(directory.resolve("link"), path());
        for (Path fifo : List.of(path(), link)) {
            runOnce(fifo);
            assertThat(log.lines()).last().isEqualTo("WARN No report is written to " + fifo
                    + ", which is a named pipe (FIFO): it may have no reader, and opening it would block; set"
                    + " quarkus.proc-daemon.shutdown.report-file to a regular file or to /dev/stderr");
        }
        assertThat(log.lines()).hasSize(2);
        assertThat(FileStatus.of(path()).is(FileStatus.FIFO)).isTrue();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aDeviceStaysOne() throws Exception {
        assumeRoot();
        run("mknod", path().toString(), "c", "1", "3");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/dev/null"));
        runOnce(path());
        runOnce(link);
        assertThat(FileStatus.of(path()).is(FileStatus.CHARACTER_DEVICE)).isTrue();
        assertThat(link).isSymbolicLink();
        assertThat(log.lines()).isEmpty();
    }

    /** A disk that is always full; behind a link, so that nothing happens to the device of the machine. */
    @Test
    void aDeviceThatTakesNothingIsAnError() throws IOException {
        Files.createSymbolicLink(path(), Path.of("/dev/full"));
        new ReportFile(path()).shutdownEnded(ENDED);
        assertThat(log.lines()).singleElement().asString()
                .startsWith("ERROR Cannot write the report to " + path() + ": No space left on device; ");
    }

    @Test
    void aSocketIsNeitherReadNorWritten() throws Exception {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path()));
            runOnce(path());
        }
        assertThat(log.lines()).hasSize(3).first().isEqualTo(notRead() + "it is a socket or a block device");
    }

    @Test
    void aPlantedLinkIsNotFollowed() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Path planted = Files.createSymbolicLink(directory.resolve("last.properties.next"), victim);
        runOnce(path());
        assertThat(victim).hasContent("precious");
        assertThat(planted).isSymbolicLink();
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aLinkToAFileIsReplacedAndItsTargetLeftAlone(boolean exists) throws IOException {
        Path victim = directory.resolve("victim");
        if (exists) {
            Files.writeString(victim, ReportFormat.write(ENDED));
        }
        Files.createSymbolicLink(path(), victim);
        runOnce(path());
        assertThat(Files.isSymbolicLink(path())).isFalse();
        assertThat(Files.readString(path())).contains("outcome=CLEAN");
        assertThat(Files.exists(victim)).isEqualTo(exists);
        assertThat(log.lines()).containsExactly(notRead() + "it is a symbolic link to a file, which is not followed");
    }

    @Test
    void aLinkToItselfFailsNoStart() throws IOException {
        Files.createSymbolicLink(path(), path());
        runOnce(path());
        assertThat(Files.readString(path())).contains("outcome=CLEAN");
    }

    @ParameterizedTest
    @ValueSource(strings = { "rw-------", "rw-rw----", "rw-r--r--", "r--------" })
    void theNewFileHasThePermissionsOfTheOld(String permissions) throws IOException {
        Files.createFile(path());
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(permissions));
        runOnce(path());
        assertThat(permissions(path())).isEqualTo(permissions);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void theNewFileHasTheGroupOfTheOldButNotTheRightsOfAStranger() throws Exception {
        assumeRoot();
        Files.createFile(path());
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-rw----"));
        Files.setAttribute(path(), "unix:gid", 4242);
        runOnce(path());
        assertThat(FileStatus.of(path()).gid()).isEqualTo(4242);
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setAttribute(path(), "unix:uid", 4242);
        runOnce(path());
        assertThat(FileStatus.of(path()).uid()).isZero();
        assertThat(permissions(path())).isEqualTo("rw-r--r--");
    }

    @Test
    void nothingIsLeftBeside() throws IOException {
        runOnce(path());
        runOnce(path());
        assertThat(directory).isDirectoryContaining(path()::equals).isDirectoryNotContaining(file -> !file.equals(path()));
    }

    @Test
    void whatIsMountedIsOverwritten() throws Exception {
        assumeRoot();
        Path host = Files.writeString(directory.resolve("host"), "x".repeat(10_000));
        Files.createFile(path());
        mount(host, path());
        try {
            new ReportFile(path()).begin("collector");
            log.lines().clear();
            new ReportFile(path()).shutdownEnded(ENDED);
            assertThat(Files.readString(host)).isEqualTo(ReportFormat.write(ENDED));
            assertThat(directory).isDirectoryNotContaining(file -> !List.of(host, path()).contains(file));
            assertThat(new ReportFile(path()).begin("collector")).contains(ENDED);
            assertThat(log.lines()).singleElement().asString().startsWith("INFO The last run of collector (pid 4711)");
        } finally {
            run("umount", path().toString());
        }
    }

    @Test
    void aFullDiskTakesTheOldReportAway() throws Exception {
        assumeRoot();
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeThat(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()).start().waitFor())
                .as("mounts, which this machine may not allow").isZero();
        try {
            Path file = disk.resolve("last.properties");
            ReportFile report = new ReportFile(file);
            report.begin("collector");
            fill(disk.resolve("full"));
            report.shutdownEnded(ENDED);
            assertThat(disk).isDirectoryNotContaining(left -> !left.equals(disk.resolve("full")));
            assertThat(log.lines()).singleElement().asString().startsWith("ERROR Cannot write the report to " + file
                    + ": No space left on device; the next start will not know how this run ended. Check permissions and free");
            log.lines().clear();
            assertThat(new ReportFile(file).begin("collector")).isEmpty();
            assertThat(log.lines()).allMatch(line -> line.startsWith("ERROR"));
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void fill(Path file) throws IOException {
        List<IOException> full = new ArrayList<>();
        while (full.isEmpty()) {
            try {
                Files.write(file, new byte[1024], StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException noSpace) {
                full.add(noSpace);
            }
        }
    }

    private static void mount(Path source, Path target) throws Exception {
        assumeThat(new ProcessBuilder("mount", "--bind", source.toString(), target.toString()).start().waitFor())
                .as("mounts, which this machine may not allow").isZero();
    }

    private static void assumeRoot() {
        assumeThat(System.getProperty("user.name")).as("only root can make devices and mount").isEqualTo("root");
    }
}

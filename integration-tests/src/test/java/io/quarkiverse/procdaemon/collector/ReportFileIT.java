package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever stands at the path of the report, the process starts and ends as always, and nothing else comes to harm. */
class ReportFileIT {

    private static final String LAST_REPORT = """
            daemon=line-collector
            pid=1
            outcome=CLEAN
            reason=signal TERM
            reason.type=Signal
            reason.number=15
            reason.name=TERM
            exit-code=143
            began=2026-01-02T03:04:05Z
            took=PT1.5S
            subsystems=0
            held=0
            """;

    @TempDir
    Path directory;

    private Path file() {
        return Ending.file(directory);
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).as(String.join(" ", command)).isZero();
    }

    private static Object identity(Path file) throws Exception {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }

    /** Starts it and ends it; returns its log. */
    private String runOnce(DaemonProcess.Launch launch) throws Exception {
        try (DaemonProcess daemon = launch.up()) {
            Ending.by(Trigger.TERM, daemon, directory).exits(143, Ending.BOUND);
            return daemon.log();
        }
    }

    private static List<String> complaints(String log) {
        return log.lines().filter(line -> line.matches("\\S+ (WARN|ERROR) .*"))
                .map(line -> line.replaceFirst("\\S+ (\\w+) +\\[ReportFile] ", "$1 ")
                        .replace(" [Error Occurred After Shutdown]", ""))
                .toList();
    }

    private String notKnown(String why) {
        return "WARN It is unknown how the last run ended, because its report cannot be read from " + file() + ": " + why;
    }

    private void assertReplaced() throws Exception {
        assertThat(Files.isRegularFile(file(), LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(Report.read(file()).outcome()).isEqualTo("CLEAN");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            outcome=CLEAN | the lines of another program | the key 'outcome' is missing
            took=PT1.5S   | took=PT9223372036854775807S  | long overflow
            """)
    void whatIsNoReportIsNotKnown(String right, String wrong, String why) throws Exception {
        Files.writeString(file(), LAST_REPORT.replace(right, wrong));
        String log = runOnce(Ending.launch(directory));
        assertThat(complaints(log)).containsExactly(notKnown(why));
        assertThat(log).doesNotContain("The last run of");
        assertReplaced();
    }

    @Test
    void aHugeFileIsNotRead() throws Exception {
        try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        assertThat(complaints(runOnce(Ending.launch(directory)))).containsExactly(notKnown("it is larger than 4 MiB"));
        assertReplaced();
    }

    @Test
    void aDirectoryStaysOne() throws Exception {
        Files.createDirectory(file());
        try (DaemonProcess daemon = Ending.launch(directory).start()) {
            assertThat(daemon.awaitExit()).as(daemon.log()).isEqualTo(1);
            assertThat(daemon.log()).containsOnlyOnce("quarkus.proc-daemon.shutdown.report-file (" + file()
                    + ") is a directory; name a file in it");
        }
        assertThat(file()).isEmptyDirectory();
    }

    /** One at the path itself, one where a new report may be made ready. */
    @Test
    void whatLinksLeadToIsNotTouched() throws Exception {
        Path known = Files.writeString(directory.resolve("known"), LAST_REPORT);
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.createSymbolicLink(file(), known);
        Path planted = Files.createSymbolicLink(file().resolveSibling(file().getFileName() + ".next"), precious);

        String log = runOnce(Ending.launch(directory));
        assertThat(known).hasContent(LAST_REPORT);
        assertThat(precious).hasContent("precious");
        assertThat(planted).isSymbolicLink();
        assertThat(complaints(log)).containsExactly(notKnown("it is a symbolic link to a file, which is not followed"));
        assertThat(log).doesNotContain("The last run of");
        assertReplaced();
    }

    /** To open it for reading would wait for somebody who writes, and the other way round. */
    @Test
    void aPipeThatNobodyReadsHoldsNothingUp() throws Exception {
        run("mkfifo", file().toString());
        Object pipe = identity(file());
        assertThat(complaints(runOnce(Ending.launch(directory)))).containsExactly("WARN No report is written to " + file()
                + ", which is a named pipe (FIFO): it may have no reader, and opening it would block; set"
                + " quarkus.proc-daemon.shutdown.report-file to a regular file or to /dev/stderr");
        assertThat(identity(file())).isEqualTo(pipe);
    }

    @Test
    void aLinkToStandardOutputStaysOneAndTheReportIsPrinted() throws Exception {
        Files.createSymbolicLink(file(), Path.of("/dev/stdout"));
        String log = runOnce(Ending.launch(directory));
        assertThat(file()).isSymbolicLink();
        assertThat(complaints(log)).isEmpty();
        assertThat(log).containsOnlyOnce("\noutcome=").contains("\noutcome=CLEAN\n", "\nexit-code=143\n", "\nheld=0\n");
    }

    @Test
    void aDeviceStaysOne() throws Exception {
        assumeThat(new ProcessBuilder("mknod", file().toString(), "c", "1", "3").start().waitFor())
                .as("makes a device, which not everybody may").isZero();
        Object device = identity(file());
        assertThat(complaints(runOnce(Ending.launch(directory)))).isEmpty();
        assertThat(identity(file())).isEqualTo(device);
    }

    /** As the termination log in Kubernetes. */
    @Test
    void whatIsMountedIsOverwritten() throws Exception {
        Path host = Files.writeString(directory.resolve("host"), LAST_REPORT + "#".repeat(10_000) + "\n");
        Files.createFile(file());
        assumeThat(new ProcessBuilder("unshare", "-m", "mount", "--bind", host.toString(), file().toString()).start().waitFor())
                .as("mounts for itself, which not everybody may").isZero();
        Object mounted = identity(host);

        String log = runOnce(Ending.launch(directory).through("unshare", "-m", "sh", "-c",
                "mount --bind " + host + " " + file() + " && exec \"$@\"", "mounted"));
        assertThat(complaints(log)).isEmpty();
        assertThat(log).containsOnlyOnce("The last run of line-collector (pid 1) ended CLEAN at 2026-01-02T03:04:06.500Z");
        assertThat(identity(host)).isEqualTo(mounted);
        assertThat(Report.read(host).exitCode()).contains("143");
        assertThat(file()).isEmptyFile();
    }

    /** What it prints goes through a pipe, since the limit is on all files. */
    @Test
    void whatCannotBeWrittenTakesTheOldReportAway() throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory)
                .through("bash", "-c", "exec \"$@\" > >(cat) 2>&1", "piped").up()) {
            assertThat(Report.read(file()).outcome()).isEqualTo("RUNNING");
            daemon.limitFiles("0");
            Ending.by(Trigger.TERM, daemon, directory).exits(143, Ending.BOUND);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> daemon.log().contains("Cannot write the report to " + file() + ": File too large; "
                            + "the next start will not know how this run ended. "));
        }
        assertThat(directory).isDirectoryNotContaining(other -> other.getFileName().toString().contains("last-run"));

        String log = runOnce(Ending.launch(directory));
        assertThat(complaints(log)).isEmpty();
        assertThat(log).doesNotContain("The last run of");
    }
}

package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of the chapter "Operations", with the configuration that stands there. */
class OperationsChapterIT {

    private static final Path CHAPTER = Path.of("../docs/operations.md");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @BeforeAll
    static void onTheJvm() {
        Assumptions.assumeTrue(System.getProperty("collector.program").endsWith(".jar"), "the commands start a JVM");
    }

    /** The blocks in that language in a section, in directories of the test. */
    private List<String> blocks(String section, String language) throws IOException {
        String text = Files.readString(CHAPTER).split("(?m)^## " + Pattern.quote(section) + "$")[1].split("(?m)^## ")[0];
        return Pattern.compile("(?ms)^( *)```" + language + "\n(.*?)^ *```").matcher(text).results()
                .map(block -> block.group(2).replaceAll("/(run|var/log)/collector", directory.toString()).strip()).toList();
    }

    private Path log() {
        return directory.resolve("collector.log");
    }

    private Path pid() {
        return directory.resolve("collector.pid");
    }

    private Path report() {
        return directory.resolve("report");
    }

    private void configure(String... blocks) throws IOException {
        List<String> lines = new ArrayList<>(List.of(blocks));
        lines.addAll(List.of("collector.port=0", "collector.journal=" + directory.resolve("lines.log"), "quarkus.http.port=0",
                "quarkus.proc-daemon.shutdown.report-file=" + report(),
                "quarkus.proc-daemon.dump.directory=" + directory.resolve("dumps"), "quarkus.proc-daemon.pid-file=" + pid(),
                "quarkus.log.file.enabled=true", "quarkus.log.file.path=" + log()));
        // The last value of a key counts, as in a file that somebody has appended to.
        Files.createDirectories(directory.resolve("config"));
        Files.write(directory.resolve("config/application.properties"), lines);
        Path application = directory.resolve("quarkus-app");
        if (!Files.exists(application)) {
            Files.createSymbolicLink(application, Path.of(System.getProperty("collector.program")).getParent());
        }
    }

    /** With the JVM of this test as {@code java}, and signals as a person at a prompt has them. */
    private Process run(String... command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
        whole.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(whole).directory(directory.toFile()).inheritIO();
        builder.environment().merge("PATH", System.getProperty("java.home") + "/bin:", (path, java) -> java + path);
        return builder.start();
    }

    private void sh(String script) throws Exception {
        assertThat(run("sh", "-c", script).waitFor()).as(script).isZero();
    }

    private void awaitLog(String part) {
        await("log with " + part).atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(log()) && Files.readString(log()).contains(part));
    }

    private ProcessHandle awaitUp() throws IOException {
        awaitLog("Listening on: ");
        return ProcessHandle.of(Long.parseLong(Files.readString(pid()).strip())).orElseThrow();
    }

    private void assertEnded(ProcessHandle daemon) throws IOException {
        await().atMost(PATIENCE).until(() -> !daemon.isAlive());
        assertThat(Report.read(report()).outcome()).isEqualTo("CLEAN");
        assertThat(Report.read(report()).exitCode()).contains("143");
    }

    @Test
    void signals() throws Exception {
        List<String> commands = blocks("Signals", "sh");
        assertThat(commands).hasSize(1);
        configure(blocks("Signals", "properties").toArray(String[]::new));
        sh("setsid java -jar quarkus-app/quarkus-run.jar </dev/null >/dev/null 2>&1 &");
        ProcessHandle daemon = awaitUp();
        try {
            List<String> expected = List.of("The signal TSTP drains the daemon", "The signal CONT ends the drain",
                    "Configuration unchanged", "Wrote a thread dump to " + directory.resolve("dumps"));
            List<String> lines = commands.get(0).lines().toList();
            assertThat(lines).hasSameSizeAs(expected);
            for (int i = 0; i < lines.size(); i++) {
                sh(lines.get(i));
                awaitLog(expected.get(i));
            }
            sh("kill $(cat " + pid() + ")");
            assertEnded(daemon);
        } finally {
            daemon.destroyForcibly();
        }
    }

    @Test
    void fromAShellAndByItsProcessId() throws Exception {
        List<String> starts = blocks("From a shell", "sh");
        assertThat(starts).hasSize(2);
        List<String> ends = blocks("One instance, one process ID", "sh");
        assertThat(ends).hasSize(1);
        for (String start : starts) {
            Files.deleteIfExists(log());
            configure(blocks("From a shell", "properties").get(0), blocks("One instance, one process ID", "properties").get(0));
            sh(start);
            ProcessHandle daemon = awaitUp();
            try {
                assertThat(directory.resolve("collector.lock")).exists();
                sh(ends.get(0));
                assertEnded(daemon);
                assertThat(pid()).doesNotExist();
            } finally {
                daemon.destroyForcibly();
            }
        }
    }

    /** As process 1, with what ENTRYPOINT says, and with the last line of a start script. */
    @Test
    void inAContainer() throws Exception {
        String dockerfile = blocks("In a container", "dockerfile").get(0);
        assertThat(dockerfile).contains("COPY target/quarkus-app/ quarkus-app/");
        String entrypoint = dockerfile.replaceFirst("(?s).*ENTRYPOINT \\[\"(.*)\"].*", "$1");
        List<String> script = blocks("In a container", "sh");
        assertThat(script).hasSize(1);
        for (List<String> command : List.of(List.of(entrypoint.split("\", \"")), List.of("sh", "-c", script.get(0)))) {
            Files.deleteIfExists(log());
            configure();
            List<String> whole = new ArrayList<>(Container.PREFIX);
            whole.addAll(command);
            Process container = run(whole.toArray(String[]::new));
            try {
                awaitLog("Listening on: ");
                assertThat(pid()).hasContent("1");
                String signal = dockerfile.replaceFirst("(?s).*STOPSIGNAL SIG(\\w+).*", "$1");
                Container.signal(signal, container.toHandle());
                assertThat(container.waitFor()).isEqualTo(143);
                assertThat(Report.read(report()).outcome()).isEqualTo("CLEAN");
            } finally {
                container.destroyForcibly();
            }
        }
    }
}

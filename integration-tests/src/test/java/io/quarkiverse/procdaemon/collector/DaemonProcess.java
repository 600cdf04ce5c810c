package io.quarkiverse.procdaemon.collector;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged line collector as a process of its own: {@code java -jar} with the JVM of the test, or the native executable,
 * whichever the system property {@code collector.program} names. It listens on ports that the system picks. What it prints is
 * kept under {@code target/daemons}.
 */
final class DaemonProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Process process;
    private final Path output;

    private DaemonProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Launch on(Path journal) {
        return new Launch(journal);
    }

    /** What is started, and how. */
    static final class Launch {

        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<String> prefix = new ArrayList<>();

        private Launch(Path journal) {
            with("collector.journal", journal.toString());
            with("collector.port", "0");
            with("quarkus.http.port", "0");
        }

        Launch with(String property, String value) {
            properties.put(property, value);
            return this;
        }

        /** A command that executes the rest of its command line in its own place. */
        Launch through(String... command) {
            prefix.addAll(List.of(command));
            return this;
        }

        DaemonProcess start() throws IOException {
            String program = System.getProperty("collector.program");
            List<String> command = new ArrayList<>(prefix);
            command.add(
                    program.endsWith(".jar") ? Path.of(System.getProperty("java.home"), "bin", "java").toString() : program);
            properties.forEach((property, value) -> command.add("-D" + property + "=" + value));
            if (program.endsWith(".jar")) {
                command.addAll(List.of("-jar", program));
            }
            Path directory = Files.createDirectories(Path.of("target", "daemons"));
            Path output = directory.resolve(ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".log");
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            return new DaemonProcess(process, output);
        }

        /** Starts it and waits until it serves. */
        DaemonProcess up() throws IOException {
            DaemonProcess daemon = start();
            try {
                daemon.httpPort();
                return daemon;
            } catch (Throwable e) {
                daemon.close();
                throw e;
            }
        }
    }

    LineClient connect() throws IOException {
        return new LineClient(tcpPort());
    }

    int tcpPort() {
        return Integer.parseInt(awaitLog("\\[Ingest] Listening on .*:(\\d+)").group(1));
    }

    int httpPort() {
        return Integer.parseInt(awaitLog("Listening on: http://.*:(\\d+)").group(1));
    }

    /** Waits for a part of the output that matches. */
    MatchResult awaitLog(String regex) {
        Pattern pattern = Pattern.compile(regex);
        Matcher[] found = new Matcher[1];
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            boolean alive = process.isAlive();
            found[0] = pattern.matcher(log());
            boolean matches = found[0].find();
            assertThat(alive || matches).as("alive, or said '%s' before it ended:%n%s", regex, log()).isTrue();
            return matches;
        });
        return found[0].toMatchResult();
    }

    /** Everything printed so far. */
    String log() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That it said so for each subsystem, and that the journal was the last to go. */
    void assertStoppedInOrder() {
        assertThat(log()).containsSubsequence("ingest#1 RUNNING -> STOPPING", "ingest#1 STOPPING -> STOPPED",
                "journal#1 RUNNING -> STOPPING",
                "journal#1 STOPPING -> STOPPED");
        assertThat(log()).containsSubsequence("tally#1 RUNNING -> STOPPING", "tally#1 STOPPING -> STOPPED",
                "journal#1 RUNNING -> STOPPING");
        assertThat(log()).doesNotContain("WARN", "ERROR");
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    void signal(String name) throws IOException, InterruptedException {
        int sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
        assertThat(sent).as("exit code of kill -%s", name).isZero();
    }

    int awaitExit(Duration atMost) throws InterruptedException {
        boolean ended = process.waitFor(atMost.toMillis(), MILLISECONDS);
        assertThat(ended).as("ended within %s:%n%s", atMost, log()).isTrue();
        return process.exitValue();
    }

    int awaitExit() throws InterruptedException {
        return awaitExit(PATIENCE);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

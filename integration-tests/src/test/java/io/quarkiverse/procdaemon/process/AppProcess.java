package io.quarkiverse.procdaemon.process;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A packaged application as a process of its own: {@code java -jar} with the JVM of the test, or a native executable. Its log
 * is kept under {@code target/daemons}.
 */
public class AppProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Process process;
    private final Path output;

    /** @param output what {@link #newOutput()} returned */
    protected AppProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    protected static Path newOutput() throws IOException {
        return Files.createDirectories(Path.of("target", "daemons"))
                .resolve(ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".log");
    }

    protected static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /**
     * The command that starts a program.
     *
     * @param program a {@code .jar}, or else a native executable
     * @param jvmOptions for a {@code .jar}
     * @param options for both
     */
    protected static List<String> command(String program, List<String> jvmOptions, List<String> options,
            Map<String, String> properties) {
        boolean jar = program.endsWith(".jar");
        List<String> command = new ArrayList<>();
        command.add(jar ? java().toString() : program);
        if (jar) {
            command.addAll(jvmOptions);
        }
        command.addAll(options);
        properties.forEach((property, value) -> command.add("-D" + property + "=" + value));
        if (jar) {
            command.addAll(List.of("-jar", program));
        }
        return command;
    }

    /** The options in a system property, separated by spaces. */
    protected static List<String> options(String property) {
        return Pattern.compile(" +").splitAsStream(System.getProperty(property, "")).filter(option -> !option.isEmpty())
                .toList();
    }

    public int httpPort() {
        return Integer.parseInt(awaitLog("Listening on: http://.*:(\\d+)").group(1));
    }

    /** Waits for a part of the log that matches. */
    public MatchResult awaitLog(String regex) {
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

    /** The same for a process that may end first. */
    public void awaitLogOrExit(String regex) {
        Pattern pattern = Pattern.compile(regex);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> !process.isAlive() || pattern.matcher(log()).find());
    }

    /** Everything logged so far. */
    public String log() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it prints, if that goes into a pipe. */
    public InputStream printed() {
        return process.getInputStream();
    }

    /** Into what reads its input. */
    public void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    public void terminate() {
        process.destroy();
    }

    public void kill() {
        process.destroyForcibly();
    }

    public void signal(String name) throws IOException, InterruptedException {
        run("kill", "-" + name, Long.toString(process.pid()));
    }

    /** So often, 50 ms apart. */
    public void signalsInARow(String name, int times) throws IOException, InterruptedException {
        String kill = "kill -" + name + " " + process.pid();
        run("sh", "-c", String.join(" && sleep 0.05 && ", Collections.nCopies(times, kill)));
    }

    /** How large a file it may write from now on. */
    public void limitFiles(String size) throws IOException, InterruptedException {
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + size + ":");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        assertThat(exitCode).as("exit code of %s", String.join(" ", command)).isZero();
    }

    public int awaitExit(Duration atMost) throws InterruptedException {
        boolean ended = process.waitFor(atMost.toMillis(), MILLISECONDS);
        assertThat(ended).as("ended within %s:%n%s", atMost, log()).isTrue();
        return process.exitValue();
    }

    public int awaitExit() throws InterruptedException {
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

package io.quarkiverse.procdaemon.deployment.wiring;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An application that was built once and runs as often as one likes, each time with other options, and gets signals. */
public final class RunningJar implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LISTENING = "Listening on: ";
    private static final List<String> SIGNALS_NOT_IGNORED = List.of("env", "--default-signal=INT,HUP");

    /** Over HTTP/2 the JDK's client takes a GOAWAY on the heels of an answer for the answer's failure. */
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private RunningJar(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "reads-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Also where the tests themselves run with signals ignored, as in the background of a script.
     *
     * @param options of the JVM, such as system properties
     */
    public static RunningJar start(Path jar, String... options) throws IOException {
        return start(SIGNALS_NOT_IGNORED, jar, options);
    }

    /** @param prefix what stands before the command */
    public static RunningJar start(List<String> prefix, Path jar, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Dquarkus.http.host=localhost", "-Dquarkus.http.port=0"));
        all.addAll(List.of(options));
        RunningJar running = begin(prefix, jar, all);
        try {
            running.awaitLine(LISTENING);
        } catch (Throwable notStarted) {
            running.close();
            throw notStarted;
        }
        return running;
    }

    /** As {@link #start(Path, String...)}, but may have no HTTP server, for whose port it does not wait. */
    public static RunningJar begin(Path jar, String... options) throws IOException {
        return begin(SIGNALS_NOT_IGNORED, jar, List.of(options));
    }

    /** @param prefix what stands before the command */
    public static RunningJar begin(List<String> prefix, Path jar) throws IOException {
        return begin(prefix, jar, List.of());
    }

    private static RunningJar begin(List<String> prefix, Path jar, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return new RunningJar(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | RuntimeException closed) {
            lines.add(closed.toString());
        }
    }

    public String awaitLine(String part) {
        await().atMost(PATIENCE).until(() -> !process.isAlive() || lines(part).findAny().isPresent());
        return lines(part).findFirst()
                .orElseThrow(() -> new AssertionError("no '" + part + "' in:\n" + String.join("\n", lines)));
    }

    /** What it has said that has this in it. */
    public Stream<String> lines(String part) {
        return lines.stream().filter(line -> line.contains(part));
    }

    public CompletableFuture<HttpResponse<String>> get(String path) {
        String listening = awaitLine(LISTENING);
        URI server = URI.create(listening.substring(listening.indexOf(LISTENING) + LISTENING.length()).trim());
        return client.sendAsync(HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> getNow(String path) throws Exception {
        return get(path).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    public void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
        if (!kill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }

    /** Waits for the end; all that it has said can be read then. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still runs:\n" + String.join("\n", lines));
        }
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package io.quarkiverse.procdaemon.collector;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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

    private static final Duration PATIENCE = Duration.ofSeconds(60);
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
        private final List<String> options = new ArrayList<>();
        private boolean unread;
        private boolean archive = true;

        private Launch(Path journal) {
            with("collector.journal", journal.toString());
            with("collector.port", "0");
            with("quarkus.http.port", "0");
            with("quarkus.log.category.\"io.quarkiverse.procdaemon\".level", "DEBUG");
        }

        Launch with(String property, String value) {
            properties.put(property, value);
            return this;
        }

        /** With the hooks that make it fail. */
        Launch withHooks() {
            return with("collector.test-hooks.enabled", "true");
        }

        /** From its start on a method fails each time, in the way given. */
        Launch withFault(String method, String fault) {
            return with("collector.test-hooks.faults." + method, fault);
        }

        /** With a rule for one subsystem. */
        Launch withRule(String subsystem, String key, String value) {
            return with("quarkus.proc-daemon.subsystem." + subsystem + "." + key, value);
        }

        /** A command that executes the rest of its command line in its own place. */
        Launch through(String... command) {
            prefix.addAll(List.of(command));
            return this;
        }

        /** Options of the virtual machine that a native executable knows too, such as {@code -Xmx}. */
        Launch withVmOptions(String... all) {
            options.addAll(List.of(all));
            return this;
        }

        /** Without the tests' own {@link ClassArchive}, which excludes other caches. */
        Launch withoutClassArchive() {
            archive = false;
            return this;
        }

        /** What it prints goes into a pipe that nobody reads; its log is what it writes into a file. */
        Launch unread() {
            unread = true;
            return with("quarkus.log.file.enabled", "true").with("quarkus.log.file.rotation.rotate-on-boot", "false")
                    .with("quarkus.log.file.format", "%d{HH:mm:ss.SSS} %-5p [%c{1}] %s%e%n");
        }

        DaemonProcess start() throws IOException {
            Path output = Files.createDirectories(Path.of("target", "daemons"))
                    .resolve(ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".log");
            ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true);
            if (unread) {
                with("quarkus.log.file.path", Files.createFile(output).toString());
            } else {
                builder.redirectOutput(output.toFile());
            }
            return new DaemonProcess(builder.command(command()).start(), output);
        }

        private List<String> command() {
            String program = System.getProperty("collector.program");
            boolean jar = program.endsWith(".jar");
            List<String> command = new ArrayList<>(prefix);
            if (jar) {
                Path java = Path.of(System.getProperty("java.home"), "bin", "java");
                List<String> common = Pattern.compile(" +").splitAsStream(System.getProperty("collector.vm-options", ""))
                        .filter(option -> !option.isEmpty())
                        .filter(option -> archive || !option.startsWith(ClassArchive.OPTION)).toList();
                ClassArchive.prepare(java, common, Path.of(program));
                command.add(java.toString());
                command.addAll(common);
            } else {
                command.add(program);
            }
            command.addAll(options);
            properties.forEach((property, value) -> command.add("-D" + property + "=" + value));
            if (jar) {
                command.addAll(List.of("-jar", program));
            }
            return command;
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

    /** The one that is or was listened on last. */
    int tcpPort() {
        String listening = "\\[Ingest] Listening on .*:(\\d+)";
        awaitLog(listening);
        return Pattern.compile(listening).matcher(log()).results().reduce((earlier, later) -> later)
                .map(found -> Integer.parseInt(found.group(1))).orElseThrow();
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

    /** The same for a process that may end first. */
    void awaitLogOrExit(String regex) {
        Pattern pattern = Pattern.compile(regex);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> !process.isAlive() || pattern.matcher(log()).find());
    }

    DaemonHttp http() {
        return new DaemonHttp(httpPort());
    }

    /** The {@link #wholeStoryOf} without what is said of its starts before it is RUNNING. */
    List<String> storyOf(String subsystem) {
        return wholeStoryOf(subsystem).stream().filter(line -> !line.startsWith("DEBUG") || line.contains("STOPPING")).toList();
    }

    /** What the log says of the life of a subsystem, with the time that anything took written as {@code T}. */
    List<String> wholeStoryOf(String subsystem) {
        return log().lines().map(Pattern.compile("^\\S+ (\\w+) +\\[procdaemon] (" + subsystem + "[# ].*)")::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1) + " "
                        + line.group(2).replaceAll("(took|after) [<.0-9]+m?s", "$1 T")
                                .replace(" [Error Occurred After Shutdown]", ""))
                .toList();
    }

    /** Everything printed so far. */
    String log() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asserts that it logged the stop of each subsystem, that of the journal last. */
    void assertStoppedInOrder() {
        assertThat(log()).containsSubsequence("ingest#1 RUNNING -> STOPPING", "ingest#1 STOPPING -> STOPPED",
                "journal#1 RUNNING -> STOPPING",
                "journal#1 STOPPING -> STOPPED");
        assertThat(log()).containsSubsequence("tally#1 RUNNING -> STOPPING", "tally#1 STOPPING -> STOPPED",
                "journal#1 RUNNING -> STOPPING");
        assertThat(log()).doesNotContain("WARN", "ERROR");
    }

    long pid() {
        return process.pid();
    }

    /** The end of the pipe that nobody reads. */
    InputStream printed() {
        return process.getInputStream();
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    void signal(String name) throws IOException, InterruptedException {
        run("kill", "-" + name, Long.toString(process.pid()));
    }

    /** So often, 50 ms apart. */
    void signalsInARow(String name, int times) throws IOException, InterruptedException {
        String kill = "kill -" + name + " " + process.pid();
        run("sh", "-c", String.join(" && sleep 0.05 && ", Collections.nCopies(times, kill)));
    }

    /** How large a file it may write from now on. */
    void limitFiles(String size) throws IOException, InterruptedException {
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + size + ":");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        assertThat(exitCode).as("exit code of %s", String.join(" ", command)).isZero();
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

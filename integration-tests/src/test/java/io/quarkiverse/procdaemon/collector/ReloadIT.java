package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a collector change while it serves. */
class ReloadIT {

    private static final String LONG_LINE = "x".repeat(100) + "\n";
    private static final String LEVEL = "quarkus.log.category.\"io.quarkiverse.procdaemon.collector\".level";

    @TempDir
    Path directory;

    @Test
    void limitsAndLogLevelChangeWhileEightClientsSend() throws Exception {
        Path config = directory.resolve("collector.properties");
        write(config, "collector.max-line-bytes=80", LEVEL + "=INFO");
        Path journal = directory.resolve("lines.log");

        List<LineLoad.Outcome> outcomes;
        try (DaemonProcess daemon = configuredBy(config).up(); LineLoad load = new LineLoad(daemon, 8, 50)) {
            for (int round = 1; round <= 5; round++) {
                load.awaitAcknowledged(1_000);
                write(config, "collector.max-line-bytes=" + (100 + round), LEVEL + "=DEBUG");
                daemon.awaitLog("Configuration reloaded \\(epoch " + 2 * round + "\\); changed: collector.max-line-bytes, "
                        + "quarkus.log.category.\"io.quarkiverse.procdaemon.collector\".level\\R");
                assertThat(answerTo(LONG_LINE, daemon)).startsWith("OK ");
                daemon.awaitLog("DEBUG \\[LineServer] Serving ");

                load.awaitAcknowledged(1_000);
                write(config, "collector.max-line-bytes=" + (79 + round), LEVEL + "=INFO");
                daemon.awaitLog(
                        "Configuration reloaded \\(epoch " + (2 * round + 1)
                                + "\\); changed: collector.max-line-bytes, quarkus.log");
                assertThat(answerTo(LONG_LINE, daemon)).isEqualTo("ERR too long");
            }
            daemon.terminate();
            outcomes = load.outcomes();
            assertThat(daemon.awaitExit()).isEqualTo(143);
            // One for each round; those at INFO said nothing.
            assertThat(daemon.log().lines().filter(line -> line.contains("[LineServer] Serving "))).hasSize(5);
            assertThat(daemon.log()).doesNotContain("WARN", "ERROR");
        }

        List<String> lines = Files.readAllLines(journal);
        Map<Long, String> acknowledged = new HashMap<>();
        for (LineLoad.Outcome outcome : outcomes) {
            assertThat(outcome.numbers()).isSorted().hasSizeGreaterThan(1_000);
            for (int i = 0; i < outcome.numbers().size(); i++) {
                assertThat(acknowledged.put(outcome.numbers().get(i), outcome.line(i))).isNull();
            }
        }
        assertThat(acknowledged).hasSize(lines.size() - 5);
        acknowledged.forEach((number, line) -> assertThat(lines.get((int) (number - 1))).isEqualTo(line));
    }

    /** As by a tool that asks for a reload and restores the file when that was not what it wanted. */
    @Test
    void aFileThatIsRestoredAtOnceIsReadAgain() throws Exception {
        Path config = directory.resolve("collector.properties");
        write(config, "collector.max-line-bytes=200");
        try (DaemonProcess daemon = configuredBy(config).through("env", "--default-signal=HUP").up()) {
            write(config, "collector.max-line-bytes=30");
            daemon.signal("HUP");
            daemon.awaitLog("Configuration reloaded \\(epoch 2\\)");
            write(config, "collector.max-line-bytes=200");
            daemon.awaitLog("Configuration reloaded \\(epoch 3\\)");
            assertThat(answerTo(LONG_LINE, daemon)).startsWith("OK ");
        }
    }

    @Test
    void whatIsBadIsRejectedAndSaid() throws Exception {
        Path config = directory.resolve("collector.properties");
        write(config, "collector.max-line-bytes=200");
        try (DaemonProcess daemon = configuredBy(config).up()) {
            write(config, "# the first line", "collector.max-line-bytes=many", "collector.max-connections=few");
            daemon.awaitLog("The new configuration was rejected; epoch 1 stays active:\\R.*\\R.*\\R");
            assertThat(daemon.log()).contains(config + ":2: The config property collector.max-line-bytes",
                    config + ":3: The config property collector.max-connections");
            assertThat(daemon.http().send("GET", "/q/health/ready").body()).contains("\"reload\": \"REJECTED\"",
                    config + ":2: The config property collector.max-line-bytes").doesNotContain("DOWN");

            write(config, "collector.max-line-bytes=0");
            daemon.awaitLog("collector.max-line-bytes is 0: set it from 1 to 1048576");
            assertThat(answerTo(LONG_LINE, daemon)).startsWith("OK ");

            // The file's own encoding and what a merge left are named, and a secret that is used by another key is not shown.
            write(config, "\uFEFFcollector.max-line-bytes=30");
            daemon.awaitLog(Pattern.quote(config + ":1: the file begins with a byte order mark (BOM)"));
            write(config, "<<<<<<< HEAD", "collector.max-line-bytes=30");
            daemon.awaitLog(Pattern.quote(config + ":1: a merge left its markers here"));
            write(config, "vault.password=s3cr3t", "collector.max-line-bytes=${vault.password}");
            daemon.awaitLog(Pattern.quote(config + ":2: collector.max-line-bytes: its value is not valid; it is not shown"));
            write(config, "vault.password=12345678", "collector.max-line-bytes=${vault.password}");
            daemon.awaitLog(
                    Pattern.quote(config + ":2: ") + ".* collector.max-line-bytes is \\*\\*\\*: set it from 1 to 1048576");
            assertThat(daemon.http().send("GET", "/q/health/ready").body()).contains("\"reload\": \"REJECTED\"")
                    .doesNotContain("12345678");
            assertThat(daemon.log()).doesNotContain("s3cr3t", "12345678");
            assertThat(answerTo(LONG_LINE, daemon)).startsWith("OK ");

            write(config, "collector.max-line-bytes=20", "collector.port=7071");
            daemon.awaitLog("Restart required for: collector.port");
            assertThat(answerTo(LONG_LINE, daemon)).isEqualTo("ERR too long");
            assertThat(daemon.http().send("GET", "/q/health/ready").body()).doesNotContain("REJECTED");

            write(config, "collector.max-line-bytes=21", "collector.port=7071");
            daemon.awaitLog("changed: collector.max-line-bytes\\R.*Restart required for: collector.port");
            write(config, "collector.max-line-bytes=21");
            daemon.awaitLog("changed: collector.port\\R");
            assertThat(daemon.log().split("Restart required for: collector.port")).as("pending twice, then reverted")
                    .hasSize(3);
        }
    }

    /** The words are those of the start. */
    @Test
    void whatTheNextStartWouldRefuseIsRejected() throws Exception {
        Path config = directory.resolve("collector.properties");
        Path lock = directory.resolve("collector.lock");
        String ours = "quarkus.proc-daemon.";
        String[] valid = { ours + "instance-lock=" + lock, ours + "pid-file=" + directory.resolve("pid") };
        write(config, valid);
        try (DaemonProcess daemon = configuredBy(config).up()) {
            Path precious = Files.writeString(directory.resolve("precious"), "not a number");
            write(config, ours + "instance-lock=" + directory.resolve("none/lock"), ours + "pid-file=" + precious,
                    ours + "shutdown.report-file=" + directory, ours + "systemd.enabled=true");
            daemon.awaitLog("The new configuration was rejected; epoch 1 stays active:\\R"
                    + Pattern.quote("  " + config + ":1: " + ours + "instance-lock (" + directory.resolve("none/lock")
                            + ") cannot be created because the directory " + directory.resolve("none") + " does not exist")
                    + ".*\\R"
                    + Pattern.quote("  " + config + ":2: " + ours + "pid-file (" + precious + ") is the path of a file"
                            + " that contains something else than a process ID")
                    + ".*\\R" + Pattern.quote("  " + config + ":3: " + ours + "shutdown.report-file (" + directory
                            + ") is a directory; name a file in it")
                    + "\\R" + Pattern.quote("  " + config + ":4: " + ours + "systemd.enabled is true, but the environment"
                            + " variable NOTIFY_SOCKET is not set"));
            write(config, ours + "instance-lock=" + directory.resolve("next.lock"),
                    ours + "pid-file=" + directory.resolve("pid"));
            daemon.awaitLog("Restart required for: quarkus.proc-daemon.instance-lock\\R");
            write(config, valid);
            daemon.awaitLog("\\(epoch 3\\); changed: quarkus.proc-daemon.instance-lock\\R");
            try (DaemonProcess second = configuredBy(config).start()) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.log()).as("the lock is still that of the first").startsWith("PD-8002: ");
            }
            assertThat(directory.resolve("pid")).hasContent(daemon.pid() + "\n");
        }
    }

    @Test
    void aFileThatAMergeLeftFailsTheStart() throws Exception {
        Path config = directory.resolve("collector.properties");
        write(config, "collector.max-line-bytes=200", "=======", "collector.max-line-bytes=300");
        try (DaemonProcess daemon = configuredBy(config).start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);
            assertThat(daemon.log()).containsOnlyOnce(config + ":2: a merge left its markers here")
                    .doesNotContain("Listening on");
        }
    }

    @Test
    void aDateInTheFutureIsNoChange() throws Exception {
        Path config = directory.resolve("collector.properties");
        write(config, "collector.max-line-bytes=200");
        Files.setLastModifiedTime(config, FileTime.from(Instant.now().plusSeconds(3_600)));
        try (DaemonProcess daemon = configuredBy(config).through("env", "--default-signal=HUP").up()) {
            daemon.signal("HUP");
            daemon.awaitLog("\\(epoch 1\\)");
            assertThat(daemon.log()).doesNotContain("has changed");
        }
    }

    @Test
    void theSignalHupReloads() throws Exception {
        Path config = directory.resolve("collector.properties");
        write(config, "collector.max-line-bytes=200");
        try (DaemonProcess daemon = configuredBy(config).through("env", "--default-signal=HUP")
                .with("quarkus.proc-daemon.reload.debounce", "1h")
                .with("quarkus.log.category.\"io.quarkiverse.procdaemon\".level", "DEBUG").up()) {
            // It serves before it watches, and what changes in between is reloaded at once.
            daemon.awaitLog("Watching .* for changes");
            write(config, "collector.max-line-bytes=20");
            assertThat(answerTo(LONG_LINE, daemon)).startsWith("OK ");
            daemon.signal("HUP");
            // It serves before it says that it runs, by an instant.
            daemon.awaitLog(
                    "The signal HUP: (reloading the configuration|the configuration will be reloaded when the daemon is RUNNING)");
            daemon.awaitLog("Configuration reloaded \\(epoch 2\\); changed: collector.max-line-bytes");
            assertThat(answerTo(LONG_LINE, daemon)).isEqualTo("ERR too long");
        }
    }

    @Test
    void aHupBeforeTheDaemonRunsIsKept() throws Exception {
        Path config = directory.resolve("collector.properties");
        write(config, "collector.max-line-bytes=200");
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor()).isZero();
        try (DaemonProcess daemon = configuredBy(config).through("env", "--default-signal=HUP").withHooks()
                .withFault("bind", "DELAY").with("collector.test-hooks.pipe", pipe.toString())
                .with("quarkus.proc-daemon.reload.debounce", "1h").start()) {
            daemon.awaitLog("bind is delayed");
            write(config, "collector.max-line-bytes=20");
            daemon.signal("HUP");
            daemon.awaitLog("The signal HUP: the configuration will be reloaded when the daemon is RUNNING");
            Files.writeString(pipe, "!");
            daemon.awaitLog("Configuration reloaded \\(epoch 2\\); changed: collector.max-line-bytes");
            assertThat(answerTo(LONG_LINE, daemon)).isEqualTo("ERR too long");
        }
    }

    @Test
    void aChangeWhileTheDaemonStartsIsNotMissed() throws Exception {
        Path config = directory.resolve("collector.properties");
        write(config, "collector.max-line-bytes=200");
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor()).isZero();
        try (DaemonProcess daemon = configuredBy(config).withHooks().withFault("bind", "DELAY")
                .with("collector.test-hooks.pipe", pipe.toString()).with("quarkus.proc-daemon.reload.debounce", "1h").start()) {
            daemon.awaitLog("bind is delayed");
            write(config, "collector.max-line-bytes=20");
            Files.writeString(pipe, "!");
            daemon.awaitLog("Configuration reloaded \\(epoch 2\\); changed: collector.max-line-bytes");
        }
    }

    /** As Kubernetes mounts a ConfigMap. */
    @Test
    void aSwapOfTheDataLinkIsNoticed() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        version(mount, "..1", "collector.max-line-bytes=200");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        Path config = Files.createSymbolicLink(mount.resolve("collector.properties"), Path.of("..data/collector.properties"));
        try (DaemonProcess daemon = configuredBy(config).up()) {
            version(mount, "..2", "collector.max-line-bytes=20");
            Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
            Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            daemon.awaitLog("Configuration reloaded \\(epoch 2\\); changed: collector.max-line-bytes");
            assertThat(answerTo(LONG_LINE, daemon)).isEqualTo("ERR too long");
        }
    }

    private DaemonProcess.Launch configuredBy(Path config) {
        return DaemonProcess.on(directory.resolve("lines.log")).with("quarkus.config.locations", config.toUri().toString());
    }

    private static void version(Path mount, String name, String line) throws IOException {
        Files.writeString(Files.createDirectory(mount.resolve(name)).resolve("collector.properties"), line + "\n");
    }

    private static void write(Path config, String... lines) throws IOException {
        Path next = config.resolveSibling("next");
        Files.writeString(next, String.join("\n", lines) + "\n");
        Files.move(next, config, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String answerTo(String line, DaemonProcess daemon) throws IOException {
        try (LineClient client = daemon.connect()) {
            return client.send(line).answer();
        }
    }
}

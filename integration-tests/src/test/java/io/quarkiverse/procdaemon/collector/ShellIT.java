package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.process.AppHttp;

/** However a shell starts a collector, it starts, answers and ends in order, and its log file says so. */
class ShellIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** On Linux. */
    private static final int WINCH = 28;

    @TempDir
    Path directory;
    /** One that outlives the process that started it. */
    private ProcessHandle orphan;

    @AfterEach
    void endWhatIsLeft() {
        if (orphan != null) {
            orphan.destroyForcibly();
        }
    }

    /** Nobody reads what it prints; see also {@link StreamsIT}. */
    @ParameterizedTest
    @ValueSource(strings = {
            "exec setsid \"$@\"",
            "exec nohup \"$@\"",
            "exec setsid nohup \"$@\" </dev/null >/dev/null 2>&1",
            "exec \"$@\" >&-",
            "exec \"$@\" <&- >&- 2>&-" })
    void inThePlaceOfItsShell(String command) throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).unread().through("bash", "-c", command, "shell").up()) {
            assertThat(daemon.http().send("GET", "/lines/count").statusCode()).isEqualTo(200);

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of());
        }
    }

    /** A shell without job control has its background jobs ignore INT, and nohup has them ignore HUP. */
    @Test
    void inTheBackgroundOfAScript() throws Exception {
        try (DaemonProcess shell = Ending.launch(directory).with("quarkus.proc-daemon.pid-file", pid().toString())
                .through("sh", "-c", "nohup \"$@\" & wait $!", "script").up()) {
            String pid = Files.readString(pid()).strip();
            shell.awaitLog("The signal INT was ignored when the process started \\(as under nohup, or in the background of a"
                    + " script\\) and stays ignored");
            shell.awaitLog("The signal HUP was ignored when the process started");
            kill("INT", pid);
            kill("HUP", pid);
            assertThat(shell.http().send("GET", "/lines/count").statusCode()).isEqualTo(200);

            kill("TERM", pid);
            assertThat(shell.awaitExit(Ending.BOUND)).as("exit code that the shell hands on").isEqualTo(143);
            assertEndedInOrder(shell.log());
        }
    }

    /** It gets the hangup itself, and what it prints from then on fails. */
    @Test
    void inTheForegroundOfATerminalThatIsClosed() throws Exception {
        DaemonProcess.Launch launch = inTerminal("env --default-signal=INT,HUP sh '" + script() + "'");
        Files.writeString(script(), "exec " + launch.line() + "\n");
        try (DaemonProcess terminal = launch.typed()) {
            orphan = awaitDaemon(terminal);

            terminal.kill();
            terminal.awaitExit();
            await().atMost(PATIENCE).untilAsserted(
                    () -> assertThat(log()).content()
                            .containsPattern("(?s)The signal HUP: .*Configuration (unchanged|reloaded)"));
            assertServesAndEnds();
        }
    }

    /** INT and HUP the JVM leaves alone by itself; others only if the handler that has replaced "ignore" is undone. */
    @Test
    void afterAShellThatIgnoresASignal() throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).with("quarkus.proc-daemon.signals.\"WINCH\"", "dump")
                .through("sh", "-c", "trap '' WINCH; exec \"$@\"", "shell").up()) {
            daemon.awaitLog("The signal WINCH was ignored when the process started .* and stays ignored");
            String ignored = Files.readString(Path.of("/proc", Long.toString(daemon.pid()), "status"))
                    .replaceFirst("(?s).*SigIgn:\\s*(\\p{XDigit}+).*", "$1");
            assertThat(Long.parseUnsignedLong(ignored, 16) & 1L << WINCH - 1).as("SigIgn " + ignored).isNotZero();

            daemon.signal("WINCH");
            daemon.signal("HUP");
            daemon.awaitLog("Configuration unchanged");
            assertThat(daemon.log()).doesNotContain("thread dump");
        }
    }

    /** The shell passes the hangup on to its jobs or not, depending on which end it sees first. */
    @Test
    void inTheBackgroundOfATerminalThatIsClosed() throws Exception {
        DaemonProcess.Launch launch = inTerminal("env --default-signal=INT,HUP bash --norc -i");
        // What is typed before the shell is ready must be short: a terminal keeps 4,095 bytes of a line.
        Files.writeString(script(), "exec " + launch.line() + "\n");
        try (DaemonProcess terminal = launch.typed()) {
            terminal.type("sh '" + script() + "' &\n");
            orphan = awaitDaemon(terminal);
            ProcessHandle shell = orphan.parent().orElseThrow();

            terminal.kill();
            terminal.awaitExit();
            await().atMost(PATIENCE).until(() -> !orphan.parent().equals(Optional.of(shell)));
            assertServesAndEnds();
        }
    }

    private DaemonProcess.Launch inTerminal(String command) {
        return Ending.launch(directory).with("quarkus.proc-daemon.pid-file", pid().toString())
                .with("quarkus.log.file.enabled", "true").with("quarkus.log.file.path", log().toString())
                .through("script", "-q", "-c", command, "/dev/null");
    }

    private ProcessHandle awaitDaemon(DaemonProcess terminal) throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(pid()).as("PID file; the terminal shows:%n%s", terminal.log()).exists();
            assertThat(log()).content().contains("Listening on: ");
        });
        return ProcessHandle.of(Long.parseLong(Files.readString(pid()).strip())).orElseThrow();
    }

    private void assertServesAndEnds() throws Exception {
        assertThat(new AppHttp(port(log())).send("GET", "/lines/count").statusCode()).isEqualTo(200);
        kill("TERM", Long.toString(orphan.pid()));
        // Not until it is gone: the process that has inherited it may leave it a zombie.
        await().atMost(PATIENCE).untilAsserted(() -> assertEndedInOrder(Files.readString(log())));
    }

    @Test
    void aWorkingDirectoryThatIsRemoved() throws Exception {
        Path work = directory.resolve("work");
        try (DaemonProcess daemon = Ending.launch(directory).withoutClassArchive()
                .through("sh", "-c", "mkdir '" + work + "' && cd '" + work + "' && exec \"$@\"", "shell").up()) {
            Files.delete(work);
            assertThat(daemon.http().send("GET", "/lines/count").statusCode()).isEqualTo(200);
            daemon.signal("HUP");
            daemon.awaitLog("Configuration (unchanged|reloaded)");

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of());
        }
    }

    private void assertEndedInOrder(String log) throws Exception {
        assertThat(log).contains("line-collector has shut down in ").contains("signal TERM (exit code 143); 3 stopped");
        Report report = Report.read(Ending.file(directory));
        assertThat(report.outcome()).isEqualTo("CLEAN");
        assertThat(report.exitCode()).contains("143");
        assertThat(pid()).doesNotExist();
    }

    private static int port(Path log) throws Exception {
        return Integer.parseInt(Files.readString(log).replaceFirst("(?s).*Listening on: http://.*?:(\\d+).*", "$1"));
    }

    private Path log() {
        return directory.resolve("collector.log");
    }

    private Path script() {
        return directory.resolve("collector.sh");
    }

    private Path pid() {
        return directory.resolve("collector.pid");
    }

    private static void kill(String signal, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor()).isZero();
    }
}

package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.process.AppHttp;

/** However a shell starts a collector, it starts, answers and ends in order, and its log file says so. */
class ShellIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

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

    /** The shell passes the hangup on to its jobs, and what they print from then on fails. */
    @Test
    void inTheBackgroundOfATerminalThatIsClosed() throws Exception {
        Path log = directory.resolve("collector.log");
        DaemonProcess.Launch launch = Ending.launch(directory).with("quarkus.proc-daemon.pid-file", pid().toString())
                .with("quarkus.log.file.enabled", "true").with("quarkus.log.file.path", log.toString())
                .through("script", "-q", "-c", "env --default-signal=INT,HUP bash --norc -i", "/dev/null");
        // What follows is typed at the prompt.
        try (DaemonProcess terminal = launch.typed()) {
            terminal.type(launch.line() + " &\n");
            await().atMost(PATIENCE).until(() -> Files.exists(pid()) && Files.readString(log).contains("Listening on: "));
            ProcessHandle daemon = ProcessHandle.of(Long.parseLong(Files.readString(pid()).strip())).orElseThrow();
            AppHttp http = new AppHttp(port(log));

            terminal.kill();
            terminal.awaitExit();
            await().atMost(PATIENCE).until(() -> Files.readString(log).contains("The signal HUP"));
            assertThat(http.send("GET", "/lines/count").statusCode()).isEqualTo(200);

            kill("TERM", Long.toString(daemon.pid()));
            await().atMost(PATIENCE).until(() -> !daemon.isAlive());
            assertEndedInOrder(Files.readString(log));
        }
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

    private Path pid() {
        return directory.resolve("collector.pid");
    }

    private static void kill(String signal, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor()).isZero();
    }
}

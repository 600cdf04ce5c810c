package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The collector, or a shell that starts it, as process 1 of a PID namespace, as in a container. */
class ContainerIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({ "TERM, 143", "INT, 130" })
    void asProcess1ItEndsInOrder(String signal, int exitCode) throws Exception {
        try (DaemonProcess daemon = Container.of(Ending.launch(directory)).up()) {
            assertThat(daemon.http().send("GET", "/lines/count").statusCode()).isEqualTo(200);
            Container.signal("HUP", daemon);
            daemon.awaitLog("Configuration unchanged");
            Container.signal(signal, daemon);
            assertThat(daemon.awaitExit(Ending.BOUND)).isEqualTo(exitCode);
            assertEndedInOrder(daemon, signal, exitCode);
        }
    }

    @Test
    void aShellThatIsReplacedByItDoesNoHarm() throws Exception {
        try (DaemonProcess daemon = Container.of(Ending.launch(directory), "sh", "-c", "exec \"$@\"", "entrypoint").up()) {
            Container.signal("TERM", daemon);
            assertThat(daemon.awaitExit(Ending.BOUND)).isEqualTo(143);
            assertEndedInOrder(daemon, "TERM", 143);
        }
    }

    /** The kernel does not deliver to process 1 what it has no handler for, and the shell does not pass anything on. */
    @Test
    void aShellAsProcess1SwallowsTerm() throws Exception {
        try (DaemonProcess daemon = Container.of(Ending.launch(directory), "sh", "-c", "\"$@\"; exit $?", "entrypoint").up()) {
            Container.signal("TERM", daemon);
            // A signal that arrives would be seen before this.
            Container.signal("HUP", daemon);
            assertThat(daemon.http().send("GET", "/lines/count").statusCode()).isEqualTo(200);
            assertThat(daemon.log()).doesNotContain("is shutting down");

            // As the container runtime does after the grace.
            Container.signal("KILL", daemon);
            daemon.awaitExit(Duration.ofSeconds(20));
            assertThat(Report.read(Ending.file(directory)).outcome()).as("it could not even begin to stop")
                    .isEqualTo("RUNNING");
        }
    }

    private void assertEndedInOrder(DaemonProcess daemon, String signal, int exitCode) throws Exception {
        Report report = Report.read(Ending.file(directory));
        assertThat(report.outcome()).isEqualTo("CLEAN");
        assertThat(report.reason()).isEqualTo("signal " + signal);
        assertThat(report.get("pid")).isEqualTo("1");
        assertThat(report.exitCode()).contains(Integer.toString(exitCode));
        assertThat(daemon.log()).contains("line-collector has shut down in ");
    }
}

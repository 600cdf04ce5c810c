package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that systemd has not started does not have any of what is for systemd. */
class SystemdOffIT {

    private static final String ROOM = "io.quarkiverse.procdaemon.runtime.systemd.";

    @TempDir
    Path directory;

    private Path classes;

    @BeforeEach
    void onTheJvm() {
        assumeTrue(System.getProperty("collector.program").endsWith(".jar"), "a native executable loads nothing");
        classes = directory.resolve("classes.txt");
    }

    private DaemonProcess.Launch launch() {
        return DaemonProcess.on(directory.resolve("lines.log")).withVmOptions("-Xlog:class+load:file=" + classes);
    }

    private List<String> loaded() throws Exception {
        return Files.readAllLines(classes).stream().filter(line -> line.contains(ROOM)).toList();
    }

    @Test
    void noneOfItsClassesIsLoaded() throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            daemon.terminate();
            assertThat(daemon.awaitExit()).isEqualTo(143);
        }
        assertThat(loaded()).isEmpty();
    }

    /** So that the test above can fail. */
    @Test
    void theyAreWithASocket() throws Exception {
        try (DaemonProcess daemon = launch()
                .through("env", "NOTIFY_SOCKET=" + directory.resolve("nobody")).up()) {
            daemon.awaitLog(
                    "A message to systemd could not be sent to .*/nobody; the daemon goes on, and systemd may take it for"
                            + " one that does not start, stop or live");
            daemon.terminate();
            assertThat(daemon.awaitExit()).isEqualTo(143);
        }
        assertThat(loaded()).isNotEmpty();
    }

    @Test
    void aStartThatRequiresSystemdFailsWithoutIt() throws Exception {
        try (DaemonProcess daemon = launch().with("quarkus.proc-daemon.systemd.enabled", "true").start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);
            assertThat(daemon.log()).contains("quarkus.proc-daemon.systemd.enabled is true, but the environment variable"
                    + " NOTIFY_SOCKET is not set: systemd did not start this process, or its unit has neither Type=notify nor"
                    + " NotifyAccess; correct the unit, or set the key to auto");
        }
    }
}

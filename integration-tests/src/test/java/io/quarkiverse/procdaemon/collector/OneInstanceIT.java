package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two collectors with one instance lock. */
class OneInstanceIT {

    private static final String KEY = "quarkus.proc-daemon.instance-lock";
    private static final String HELD = "PD-8002: the daemon does not start because another process holds the instance lock ";
    private static final String WHERE = "PD-1002: the configuration of the daemon has a problem:\n  - system property: "
            + KEY + " (";
    /** Of one that starts with the rights of its user only, even if that is root. */
    private static final String[] WITHOUT_PRIVILEGES = { "setpriv", "--bounding-set=-all", "--inh-caps=-all" };

    @TempDir
    Path directory;

    private DaemonProcess.Launch launch() {
        return Ending.launch(directory).with(KEY, lock().toString());
    }

    private Path lock() {
        return directory.resolve("collector.lock");
    }

    /** All that it says before it ends. */
    private static String refused(DaemonProcess.Launch launch) throws Exception {
        try (DaemonProcess second = launch.start()) {
            assertThat(second.awaitExit()).as(second.log()).isEqualTo(1);
            return second.log();
        }
    }

    @Test
    void theSecondSaysWhoHoldsTheLockAndDoesNothingElse() throws Exception {
        Path log = directory.resolve("collector-file.log");
        try (DaemonProcess first = launch().with("quarkus.log.file.enabled", "true")
                .with("quarkus.log.file.path", log.toString()).up()) {
            String said = refused(launch().with("quarkus.log.file.enabled", "true")
                    .with("quarkus.log.file.path", log.toString()));
            assertThat(said).matches("(?s)\\Q" + HELD + lock() + ": line-collector, process " + first.pid()
                    + "\\E on \\S+, started at 20\\S+Z \\(\\S+( -jar \\S+quarkus-run.jar)?\\); stop that one first, or set "
                    + KEY
                    + " to another path\\R");
            assertThat(first.http().send("GET", "/lines/count").statusCode()).isEqualTo(200);

            Ending ending = Ending.by(Trigger.TERM, first, directory);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of());
            assertThat(log).as("the log file of the first is not rotated").content().contains("Listening on",
                    "line-collector has shut down");
        }
        assertThat(lock()).as("it stays").exists();
    }

    @Test
    void whenTheFirstWasKilledTheNextOneStarts() throws Exception {
        try (DaemonProcess first = launch().up()) {
            first.kill();
            first.awaitExit();
        }
        assertThat(lock()).content().contains("pid: ");
        try (DaemonProcess next = launch().up()) {
            assertThat(lock()).content().contains("\npid: " + next.pid() + "\n");
            Ending.by(Trigger.TERM, next, directory).exits(143, Ending.BOUND);
        }
    }

    @Test
    void theOneInAContainerIsNamedAsSuch() throws Exception {
        try (DaemonProcess first = Container.of(launch()).up()) {
            assertThat(refused(launch())).startsWith(HELD + lock()
                    + ": line-collector, process 1 of another PID namespace, such as that of a container, on ");
            Container.signal("TERM", first);
            assertThat(first.awaitExit(Ending.BOUND)).isEqualTo(143);
        }
    }

    @Test
    void theOneOutsideIsNamedInAContainer() throws Exception {
        try (DaemonProcess first = launch().up()) {
            // The JVM itself may complain before that.
            assertThat(refused(Container.of(launch()))).contains(HELD + lock() + ": line-collector, process " + first.pid()
                    + " of another PID namespace, such as that of a container, on ");
        }
    }

    @Test
    void oneOfAnotherUserIsNamedToo() throws Exception {
        asRoot();
        try (DaemonProcess first = launch().up()) {
            Files.setOwner(lock(), lock().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            assertThat(refused(launch().through(WITHOUT_PRIVILEGES)))
                    .startsWith(HELD + lock() + ": line-collector, process " + first.pid() + " on ");
        }
        String said = refused(launch().through(WITHOUT_PRIVILEGES));
        assertThat(said).startsWith(WHERE + lock() + ") cannot be opened: access to " + lock()
                + " is denied; run the daemon as the user who owns it, change its permissions, or name another path");
    }

    @Test
    void aDirectoryThatCannotBeWrittenTo() throws Exception {
        asRoot();
        Path readOnly = Files.createDirectory(directory.resolve("read-only"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        String said = refused(launch().with(KEY, readOnly.resolve("lock").toString())
                .with("quarkus.proc-daemon.pid-file", "/nowhere/pid").through(WITHOUT_PRIVILEGES));
        assertThat(said).isEqualTo("PD-1002: the configuration of the daemon has 2 problems:\n  - system property: " + KEY
                + " ("
                + readOnly.resolve("lock") + ") cannot be created because this user cannot write to"
                + " the directory " + readOnly + "; change its permissions or its mount, or name another path"
                + "\n  - system property: quarkus.proc-daemon.pid-file (/nowhere/pid) cannot be created because the directory"
                + " /nowhere does not exist; create it, for example with RuntimeDirectory= of systemd, or name another path"
                + System.lineSeparator());
    }

    @Test
    void withoutItsDirectory() throws Exception {
        Path missing = directory.resolve("missing");
        assertThat(refused(launch().with(KEY, missing.resolve("lock").toString()))).isEqualTo(WHERE + missing.resolve("lock")
                + ") cannot be created because the directory " + missing + " does not exist; create it, for example with"
                + " RuntimeDirectory= of systemd, or name another path" + System.lineSeparator());
    }

    /** Though the lock comes before anything else. */
    @Test
    void allProblemsAreReportedTogetherEachWithItsPlace() throws Exception {
        Path missing = directory.resolve("missing");
        Path config = Files.write(directory.resolve("application.properties"), List.of("quarkus.proc-daemon.reload.debounce=0",
                "quarkus.proc-daemon.shutdown.report-file=" + directory, KEY + "=" + missing.resolve("lock"),
                "quarkus.proc-daemon.signals.\"QUIT\"=dump"));
        String said = refused(launch().without(KEY).without("quarkus.proc-daemon.shutdown.report-file")
                .with("smallrye.config.locations", config.toUri().toString())
                .with("quarkus.proc-daemon.systemd.enabled", "true")
                .through("env", "-u", "NOTIFY_SOCKET", "QUARKUS_PROC_DAEMON_PID_FILE=" + missing.resolve("pid"),
                        "QUARKUS_PROC_DAEMON_SIGNALS__NOPE_=reload"));
        assertThat(said).startsWith("PD-1002: the configuration of the daemon has 7 problems:\n")
                .containsOnlyOnce("\n  - " + config + ":1: quarkus.proc-daemon.reload.debounce (0s) must be greater than zero")
                .containsOnlyOnce("\n  - " + config + ":2: quarkus.proc-daemon.shutdown.report-file (" + directory
                        + ") is a directory; name a file in it")
                .containsOnlyOnce("\n  - " + config + ":3: " + KEY + " (" + missing.resolve("lock")
                        + ") cannot be created because the directory " + missing + " does not exist")
                .containsOnlyOnce("\n  - " + config + ":4: quarkus.proc-daemon.signals.\"QUIT\": QUIT cannot have an action")
                .containsOnlyOnce("\n  - environment variable QUARKUS_PROC_DAEMON_PID_FILE: quarkus.proc-daemon.pid-file ("
                        + missing.resolve("pid") + ") cannot be created")
                .containsOnlyOnce("\n  - environment variable QUARKUS_PROC_DAEMON_SIGNALS__NOPE_:"
                        + " quarkus.proc-daemon.signals.\"nope\": there is no signal of that name here")
                .containsOnlyOnce("\n  - system property: quarkus.proc-daemon.systemd.enabled is true, but the environment"
                        + " variable NOTIFY_SOCKET is not set")
                .doesNotContain("\tat ");
    }

    private static void asRoot() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "another user is needed");
    }

    @Test
    void oneFileForTwoPurposes() throws Exception {
        String said = refused(launch().with("quarkus.proc-daemon.pid-file", lock().toString()));
        assertThat(said).contains("PD-1002: the configuration of the daemon has a problem:")
                .contains("quarkus.proc-daemon.pid-file (" + lock() + ") is also the path of " + KEY
                        + "; set one of them to another path")
                .doesNotContain("Opening ");
    }

    /** It waits for nothing, so most of this is the start of the JVM. */
    @Test
    void theSecondEndsSoon() throws Exception {
        try (DaemonProcess first = launch().up()) {
            assertThat(first.isAlive()).isTrue();
            try (DaemonProcess second = launch().start()) {
                assertThat(second.awaitExit(Duration.ofSeconds(10))).isEqualTo(1);
            }
        }
    }
}

package io.quarkiverse.procdaemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control socket through the life of a process. */
class ControlSocketIT {

    @TempDir
    Path directory;

    @Test
    void statesAreVisibleFromTheStartToTheEnd() throws Exception {
        Files.createDirectories(directory.resolve("hooks"));
        Files.createFile(directory.resolve("hooks/hold-start"));
        try (Billing billing = Billing.open(directory)) {
            billing.await("it starts", () -> billing.curl("/v1/subsystems").contains("WAITING"));
            assertThat(billing.curl("/v1/subsystems")).containsPattern("journal +STARTING").containsPattern(
                    "ingest +WAITING +\\d+s +0 +0 +journal +-");
            assertThat(billing.json("/v1/daemon")).contains("\"state\":\"STARTING\"");
            billing.hook("hold-start", false);
            billing.await("it is RUNNING", () -> billing.json("/v1/daemon").contains("\"state\":\"RUNNING\""));

            billing.hook("hold-stop", true);
            billing.terminate();
            billing.await("it stops", () -> billing.curl("/v1/subsystems/journal").contains("STOPPING"));
            assertThat(billing.json("/v1/daemon")).contains("\"state\":\"STOPPING\"");
            assertThat(billing.curl("/v1/subsystems")).containsPattern("ingest +STOPPED");
            billing.hook("hold-stop", false);
            assertThat(billing.awaitExit()).isEqualTo(143);
            assertThat(billing.socket).doesNotExist();
            assertThat(billing.log()).doesNotContain("WARN", "ERROR");
        }
    }

    @Test
    void findOutWhyASubsystemIsDownAndRestartIt() throws Exception {
        try (Billing billing = Billing.up(directory, "-Dquarkus.proc-daemon.subsystem.restart.max-restarts=2",
                "-Dquarkus.proc-daemon.subsystem.restart.on-exhausted=fail",
                "-Dquarkus.proc-daemon.subsystem.restart.initial-delay=10ms")) {
            billing.hook("fail", true);
            billing.await("it has failed", () -> billing.curl("/v1/subsystems").contains("FAILED"));
            assertThat(billing.curl("/v1/subsystems")).containsPattern("ingest +FAILED +\\d+s +2 +0 +- +.*the disk");
            assertThat(billing.curl("/v1/subsystems/ingest")).contains("the disk \"a\" is full\\nreally",
                    "at io.quarkiverse.procdaemon.control.Ingest.serve");
            assertThat(billing.json("/v1/subsystems/ingest"))
                    .contains("\"message\":\"the disk \\\"a\\\" is full\\nreally\"");
            billing.hook("fail", false);
            assertThat(billing.json("-X", "POST", "/v1/subsystems/ingest/restart")).contains("\"state\":\"RUNNING\"");
            assertThat(billing.log()).containsPattern(
                    "The user \\S+ requested POST /v1/subsystems/ingest/restart through the control socket");
        }
    }

    @Test
    void aDrainWaitsForWorkInFlight() throws Exception {
        try (Billing billing = Billing.up(directory)) {
            billing.hook("busy", true);
            billing.await("work is in flight", () -> billing.json("/v1/daemon").contains("\"inFlight\":1"));
            assertThat(billing.json("-X", "POST", "/v1/drain?wait=100ms")).contains("\"status\":504",
                    "The daemon still has work in flight after 100ms (ingest 1); it keeps draining");
            assertThat(billing.curl("/v1/daemon")).containsPattern("state +DRAINING\n")
                    .containsPattern("in flight +1: ingest 1\n");
            assertThat(billing.curl("/v1/subsystems")).containsPattern("ingest +RUNNING, draining +\\d+s +0 +1  -");
            billing.hook("busy", false);
            assertThat(billing.json("-X", "POST", "/v1/drain?wait=30s")).contains("\"state\":\"DRAINING\"", "\"inFlight\":0");
            assertThat(billing.json("-X", "POST", "/v1/resume")).contains("\"state\":\"RUNNING\"");
        }
    }

    @Test
    void aReloadIsInTheLogWithTheUserWhoWantsIt() throws Exception {
        try (Billing billing = Billing.up(directory)) {
            assertThat(billing.json("-X", "POST", "/v1/reload")).contains("\"status\":\"UNCHANGED\"");
            assertThat(billing.log()).containsPattern("The control socket, user \\S+: reloading the configuration")
                    .doesNotContain("Daemon.reload()");
        }
    }

    @Test
    void aLevelOfTheLog() throws Exception {
        try (Billing billing = Billing.up(directory)) {
            String category = "/v1/log-levels/io.quarkiverse.procdaemon.control";
            assertThat(billing.log()).doesNotContain("Nothing to do");
            assertThat(billing.curl("-X", "PUT", "-d", "DEBUG", category))
                    .isEqualTo("io.quarkiverse.procdaemon.control DEBUG\n");
            billing.awaitLog("DEBUG .*Nothing to do");
            assertThat(billing.curl("-X", "PUT", "-d", "TRACE", category)).contains("quarkus.log.min-level");
            assertThat(billing.curl("-X", "DELETE", category)).isEqualTo("io.quarkiverse.procdaemon.control INFO\n");
        }
    }

    @Test
    void aShutdownWithAnExitCode() throws Exception {
        try (Billing billing = Billing.up(directory)) {
            assertThat(billing.curl("-X", "POST", "/v1/shutdown?exit-code=7")).contains("exit code 7");
            assertThat(billing.awaitExit()).isEqualTo(7);
            assertThat(billing.log()).contains("control socket, user ");
        }
    }

    @Test
    void eventsUntilTheEnd() throws Exception {
        try (Billing billing = Billing.up(directory)) {
            Process stream = new ProcessBuilder("curl", "-sSN", "--unix-socket", billing.socket.toString(),
                    "http://d/v1/events?from=1").redirectErrorStream(true).start();
            BufferedReader lines = stream.inputReader();
            String first = lines.readLine();
            billing.terminate();
            List<String> events = Stream.concat(Stream.of(first), lines.lines()).toList();
            assertThat(stream.waitFor()).isZero();
            assertThat(events).allMatch(line -> line.startsWith("{\"type\":\"") && line.endsWith("}"))
                    .first().asString().contains("\"sequence\":1,");
            assertThat(events.get(events.size() - 1)).contains("\"type\":\"Stopped\"");
        }
    }

    @Test
    void aSecondProcessIsRefusedAndTheFirstGoesOn() throws Exception {
        Path report = directory.resolve("report");
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", directory.toString(),
                "QUARKUS_PROC_DAEMON_SHUTDOWN_REPORT_FILE", report.toString());
        try (Billing first = Billing.start(directory, environment)) {
            first.awaitLog("The control socket is ");
            String ofFirst = Files.readString(report);
            Billing second = Billing.start(directory, environment);
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(report).hasContent(ofFirst);
            assertThat(second.log())
                    .contains(
                            "PD-1002: the configuration of the daemon has a problem:\n  - quarkus.proc-daemon.control.socket ("
                                    + first.socket
                                    + ") is served by another process; stop that one, or give each its own path");
            assertThat(first.curl("/v1/daemon")).contains("" + first.pid());
        }
    }

    @Test
    void afterKillNineTheNextOneStarts() throws Exception {
        try (Billing first = Billing.up(directory)) {
            first.kill();
            assertThat(first.socket).exists();
        }
        try (Billing next = Billing.up(directory)) {
            assertThat(next.curl("/v1/daemon")).contains("" + next.pid());
        }
    }

    @Test
    void aFileThatIsDeletedIsCreatedAgain() throws Exception {
        try (Billing billing = Billing.up(directory)) {
            Files.delete(billing.socket);
            billing.awaitLog(
                    "WARN .*The file of the control socket was deleted or replaced; the daemon has created it again: ");
            assertThat(billing.curl("/v1/daemon")).contains("" + billing.pid());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(billing.socket))).isEqualTo("rw-------");
            billing.terminate();
            assertThat(billing.awaitExit()).isEqualTo(143);
            assertThat(billing.socket).doesNotExist();
            assertThat(billing.log().lines().filter(line -> line.contains("WARN"))).hasSize(1);
        }
    }

    @Test
    void withoutAPlaceItDoesNotStart() throws Exception {
        try (Billing billing = Billing.start(directory, Map.of())) {
            assertThat(billing.awaitExit()).isEqualTo(1);
            assertThat(billing.log())
                    .contains("neither $RUNTIME_DIRECTORY nor $XDG_RUNTIME_DIR says where the control socket is "
                            + "to be; set quarkus.proc-daemon.control.socket")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aProcessThatHasItCannotSwitchItOffAndSaysSo() throws Exception {
        try (Billing billing = Billing.up(directory, "-Dquarkus.proc-daemon.control.enabled=false")) {
            assertThat(billing.log()).containsOnlyOnce("control.enabled").contains(
                    "system property: quarkus.proc-daemon.control.enabled (false) has no effect, because the application was built"
                            + " with true; build it with the value that you want, or remove the key");
            assertThat(billing.json("/v1/daemon")).contains("RUNNING");
        }
    }

    @Test
    void whatIsWrongWithItIsReportedWithAllElse() throws Exception {
        Path lock = directory.resolve("none").resolve("lock");
        try (Billing billing = Billing.start(directory, Map.of("XDG_RUNTIME_DIR", directory.toString(),
                "QUARKUS_PROC_DAEMON_CONTROL_ALLOWED_USERS", "no-such-user"), "-Dquarkus.proc-daemon.instance-lock=" + lock,
                "-Dquarkus.proc-daemon.control.socket=/nowhere/d.sock",
                "-Dquarkus.proc-daemon.subsystem.jornal.enabled=true")) {
            assertThat(billing.awaitExit()).isEqualTo(1);
            assertThat(billing.log()).contains("PD-1002: the configuration of the daemon has 4 problems:\n"
                    + "  - system property: quarkus.proc-daemon.instance-lock (" + lock + ") cannot be created")
                    .contains("\n  - system property: quarkus.proc-daemon.subsystem.\"jornal\": there is no subsystem",
                            "\n  - system property: quarkus.proc-daemon.control.socket (/nowhere/d.sock) cannot be created"
                                    + " because there is no directory /nowhere",
                            "\n  - environment variable QUARKUS_PROC_DAEMON_CONTROL_ALLOWED_USERS:"
                                    + " quarkus.proc-daemon.control.allowed-users names no-such-user, but this system has no"
                                    + " such user; correct the name");
        }
    }

    @Test
    void aReloadRefusesWhatTheNextStartWould() throws Exception {
        Path config = Files.createDirectories(directory.resolve("config")).resolve("application.properties");
        Files.writeString(config, "quarkus.proc-daemon.reload.debounce=1h");
        try (Billing billing = Billing.up(directory)) {
            Files.writeString(config, "quarkus.proc-daemon.control.socket=/nowhere/d.sock\n"
                    + "quarkus.proc-daemon.control.allowed-users=root,no-such-user\nquarkus.proc-daemon.reload.debounce=1h");
            assertThat(billing.curl("-X", "POST", "/v1/reload")).startsWith("REJECTED, epoch 1\n").contains(
                    "\n  config/application.properties:1: quarkus.proc-daemon.control.socket (/nowhere/d.sock) cannot be created"
                            + " because there is no directory /nowhere; create it or choose another path\n",
                    "\n  config/application.properties:2: quarkus.proc-daemon.control.allowed-users names no-such-user, but"
                            + " this system has no such user; correct the name\n");
            Files.writeString(config, "quarkus.proc-daemon.control.socket=" + billing.socket
                    + "\nquarkus.proc-daemon.control.allowed-users=root\nquarkus.proc-daemon.reload.debounce=1h");
            assertThat(billing.curl("-X", "POST", "/v1/reload")).startsWith("APPLIED, epoch 2\n");
            assertThat(billing.curl("/v1/config")).contains("requires a restart: quarkus.proc-daemon.control.allowed-users");
        }
    }

    @Test
    void anotherUserIsRefused() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "this test changes the user");
        try (Billing billing = Billing.up(directory)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(billing.socket))).isEqualTo("rw-------");
            assertThat(asNobody(billing).exitCode()).as("curl: could not connect").isEqualTo(7);
        }
    }

    @Test
    void soIsOneWhoIsNotAllowed() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "this test changes the user");
        try (Billing billing = Billing.up(directory, "-Dquarkus.proc-daemon.control.allowed-users=daemon")) {
            assertThat(asNobody(billing).output())
                    .isEqualTo("The user nobody may not use this socket; use it as the user of the "
                            + "daemon or root, or name the user in quarkus.proc-daemon.control.allowed-users\n");
            assertThat(billing.log()).contains("The control socket refuses a connection: The user nobody");
        }
    }

    @Test
    void anAllowedUserMay() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "this test changes the user");
        try (Billing billing = Billing.up(directory, "-Dquarkus.proc-daemon.control.allowed-users=nobody")) {
            assertThat(asNobody(billing).output()).contains("RUNNING");
            assertThat(billing.curl("/v1/daemon")).contains("RUNNING");
        }
    }

    private static Billing.Result asNobody(Billing billing) throws Exception {
        return Billing.run(Map.of(), "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "curl", "-sS",
                "--unix-socket", billing.socket.toString(), "http://d/v1/daemon");
    }
}

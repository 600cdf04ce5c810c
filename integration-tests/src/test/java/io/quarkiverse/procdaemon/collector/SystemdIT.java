package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.process.Systemd;

/** The collector as a service of a real systemd, by the unit that its build has generated. */
class SystemdIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String UNIT = "line-collector.service";
    private static final String RUNNING = "Running, 3 of 3 subsystems";

    @TempDir
    Path directory;

    private Systemd systemd;
    private final List<String> configuration = new ArrayList<>(List.of("collector.port=0", "quarkus.http.port=0",
            "collector.test-hooks.enabled=true", "collector.test-hooks.pipe=/var/lib/line-collector/pipe",
            "quarkus.log.category.\"io.quarkiverse.procdaemon\".level=DEBUG"));

    @BeforeEach
    void install() throws IOException {
        Path program = Path.of(System.getProperty("collector.program")).toAbsolutePath();
        Path application = program.getParent();
        boolean isJar = program.toString().endsWith(".jar");
        Path units = (isJar ? application.getParent() : application).resolve("proc-daemon");
        systemd = new Systemd(directory).app("/opt/line-collector", application).unit(units.resolve(UNIT));
        Files.writeString(systemd.defaults("line-collector"),
                "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1\nCOLLECTOR_HOST=127.0.0.1\n");
    }

    @AfterEach
    void remove() throws IOException {
        if (systemd != null) {
            systemd.close();
        }
    }

    private void configure(String... lines) throws IOException {
        configuration.addAll(List.of(lines));
        Files.write(systemd.lib("line-collector/config/application.properties"), configuration);
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = systemd.lib("line-collector/pipe");
        assertThat(new ProcessBuilder("mkfifo", "-m", "666", pipe.toString()).inheritIO().start().waitFor()).isZero();
        return pipe;
    }

    /** Opening a pipe waits for the other side, so it is there. */
    private void release(Path pipe) throws IOException {
        Files.write(pipe, new byte[] { 1 }, StandardOpenOption.WRITE);
    }

    private MatchResult awaitLog(String regex) {
        Pattern pattern = Pattern.compile(regex);
        await(regex).atMost(SOON).pollInterval(Duration.ofMillis(20))
                .until(() -> pattern.matcher(systemd.log(UNIT)).find());
        return pattern.matcher(systemd.log(UNIT)).results().reduce((earlier, later) -> later).orElseThrow();
    }

    private DaemonHttp http() {
        return new DaemonHttp(Integer.parseInt(awaitLog("Listening on: http://.*:(\\d+)").group(1)));
    }

    private LineClient connect() throws IOException {
        return new LineClient(Integer.parseInt(awaitLog("\\[Ingest] Listening on .*:(\\d+)").group(1)));
    }

    private void start() throws IOException {
        systemd.boot().ok("systemctl", "start", UNIT);
    }

    /** The time has to pass for systemd, so it has to pass for the test. */
    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.multipliedBy(3)).until(() -> System.nanoTime() - end > 0);
    }

    /** A stop that counts as a failure would leave it failed. */
    private void assertStopped() throws IOException {
        assertThat(systemd.show(UNIT, "ActiveState")).isEqualTo("inactive");
        assertThat(systemd.show(UNIT, "Result")).isEqualTo("success");
        assertThat(systemd.log(UNIT)).contains("line-collector has shut down in").contains("signal TERM (exit code 143)");
    }

    @Test
    void theUnitIsAcceptedWithoutAWordAndIsActiveWhenTheSlowSubsystemIs() throws Exception {
        configure("collector.test-hooks.faults.bind=DELAY");
        Path pipe = pipe();
        systemd.dropIn(UNIT, "times", "TimeoutStartSec=7").boot();
        assertThat(systemd.run("systemd-analyze", "verify", "/run/test/units/" + UNIT)).isEqualTo(new Systemd.Result(0, ""));

        systemd.ok("systemctl", "start", "--no-block", UNIT);
        awaitLog("bind is delayed");
        systemd.await(UNIT, "StatusText", "Starting, 2 of 3 subsystems running: ingest is STARTING");
        pass(Duration.ofSeconds(8));
        assertThat(systemd.show(UNIT, "ActiveState")).as("after more than TimeoutStartSec").isEqualTo("activating");
        release(pipe);
        systemd.await(UNIT, "ActiveState", "active");
        systemd.await(UNIT, "StatusText", RUNNING);
        assertThat(systemd.log(UNIT)).contains("Listening on: http");
        assertThat(systemd.show(UNIT, "NRestarts")).isEqualTo("0");

        systemd.ok("systemctl", "stop", UNIT);
        assertStopped();
    }

    @Test
    void aWrongConfigurationIsInTheStatusAndIsNotTriedAgainUntilTheNextStart() throws Exception {
        configure("quarkus.proc-daemon.reload.debounce=0", "quarkus.proc-daemon.subsystem.stop-timeout=soon");
        assertThat(systemd.boot().run("systemctl", "start", UNIT).exitCode()).isNotZero();
        systemd.await(UNIT, "ActiveState", "failed");
        assertThat(systemd.show(UNIT, "ExecMainStatus")).isEqualTo("78");
        assertThat(systemd.show(UNIT, "StatusText"))
                .matches(
                        "Not started: config/application\\.properties:\\d+: quarkus\\.proc-daemon\\.reload\\.debounce \\(0s\\) must be greater than zero;.* and 1 more");
        pass(Duration.ofSeconds(4));
        assertThat(systemd.show(UNIT, "NRestarts")).as("after more than RestartSec").isEqualTo("0");
        assertThat(systemd.log(UNIT)).containsOnlyOnce("PD-1002: the configuration of the daemon has 2 problems:");

        configuration.subList(configuration.size() - 2, configuration.size()).clear();
        configure();
        systemd.ok("systemctl", "start", UNIT);
        systemd.await(UNIT, "StatusText", RUNNING);
    }

    @Test
    void aReloadIsWaitedForAndOneThatIsRejectedIsInTheStatus() throws Exception {
        configure();
        Path pipe = pipe();
        start();
        http().armOnce("checkLimits", "DELAY");
        configure("collector.max-line-bytes=100");
        CompletableFuture<Systemd.Result> reload = CompletableFuture.supplyAsync(() -> reload());
        systemd.await(UNIT, "ActiveState", "reloading");
        systemd.await(UNIT, "StatusText", "Reloading the configuration");
        pass(Duration.ofSeconds(2));
        assertThat(reload).isNotDone();
        release(pipe);
        assertThat(reload.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Systemd.Result(0, ""));
        assertThat(systemd.log(UNIT)).contains("Configuration reloaded (epoch 2)");
        // The file was noticed, too, so there may be one more reload.
        systemd.await(UNIT, "StatusText", RUNNING);
        systemd.await(UNIT, "ActiveState", "active");

        configure("collector.max-line-bytes=many");
        assertThat(reload()).isEqualTo(new Systemd.Result(0, ""));
        systemd.await(UNIT, "StatusText", RUNNING + "; the last reload was rejected: .*collector\\.max-line-bytes.*");
    }

    private Systemd.Result reload() {
        try {
            return systemd.run("systemctl", "reload", UNIT);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBodyThatIgnoresItsInterruptHasTheProcessKilledAndStartedAgainByTheWatchdog() throws Exception {
        hangs("IGNORE_INTERRUPTS");
        awaitLog(
                "The watchdog of systemd gets no more messages, because the critical subsystem 'ingest' hangs, and no interrupt"
                        + " ends it; systemd kills this process within 4s and, with Restart=on-failure, starts it again");
        systemd.await(UNIT, "NRestarts", "1");
        systemd.await(UNIT, "ActiveState", "active");
        awaitLog("ended by watchdog killed ABRT");
        assertThat(Pattern.compile("ingest#1 STARTING -> RUNNING").matcher(systemd.log(UNIT)).results()).hasSize(2);
    }

    @Test
    void oneThatTheSupervisorCanRestartDoesNot() throws Exception {
        hangs("WAIT");
        awaitLog("ingest#2 STARTING -> RUNNING");
        systemd.await(UNIT, "StatusText", RUNNING);
        pass(Duration.ofSeconds(6));
        assertThat(systemd.show(UNIT, "NRestarts")).isEqualTo("0");
        assertThat(systemd.log(UNIT)).doesNotContain("ended by ");
    }

    private void hangs(String fault) throws Exception {
        String ingest = "quarkus.proc-daemon.subsystem.ingest.";
        configure(ingest + "heartbeat-timeout=2s", ingest + "stop-timeout=500ms", ingest + "restart.on-exhausted=fail",
                "quarkus.proc-daemon.shutdown.graceful-timeout=1s", "quarkus.proc-daemon.shutdown.force-timeout=2s");
        systemd.dropIn(UNIT, "times", "WatchdogSec=4", "LimitCORE=0", "RestartSec=200ms",
                "ExecStopPost=/bin/sh -c 'echo ended by $SERVICE_RESULT $EXIT_CODE $EXIT_STATUS'");
        start();
        http().armOnce("append", fault);
        try (LineClient client = connect()) {
            client.send("stuck\n");
            awaitLog("ingest#1 RUNNING -> STOPPING: it failed");
        }
    }

    @Test
    void aStopThatIsWithinItsOwnLimitsIsNotCutShort() throws Exception {
        configure("quarkus.proc-daemon.shutdown.graceful-timeout=20s", "quarkus.proc-daemon.shutdown.force-timeout=25s",
                "quarkus.proc-daemon.shutdown.kill-timeout=30s");
        Path pipe = pipe();
        systemd.dropIn(UNIT, "times", "TimeoutStopSec=2");
        start();
        http().armOnce("unbind", "DELAY");
        systemd.ok("systemctl", "stop", "--no-block", UNIT);
        awaitLog("unbind is delayed");
        systemd.await(UNIT, "StatusText", "Stopping: signal TERM; 2 of 3 subsystems still running, waits for ingest");
        pass(Duration.ofSeconds(4));
        assertThat(systemd.show(UNIT, "ActiveState")).isEqualTo("deactivating");
        release(pipe);
        systemd.await(UNIT, "ActiveState", "inactive|failed");
        assertStopped();
    }

    @Test
    void aProcessThatIsKilledIsStartedAgain() throws Exception {
        configure();
        start();
        try (LineClient client = connect()) {
            assertThat(client.send("one\n").answer()).isEqualTo("OK 1");
        }
        systemd.ok("systemctl", "kill", "--signal=KILL", UNIT);
        systemd.await(UNIT, "NRestarts", "1");
        systemd.await(UNIT, "StatusText", RUNNING);
        try (LineClient client = connect()) {
            assertThat(client.send("two\n").answer()).isEqualTo("OK 2");
        }
        systemd.ok("systemctl", "stop", UNIT);
        assertStopped();
        assertThat(systemd.lib("private/line-collector/data/lines.log")).hasContent("one\ntwo\n");
    }
}

package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PID file of a collector. */
class PidFileIT {

    private static final String KEY = "quarkus.proc-daemon.pid-file";

    @TempDir
    Path directory;

    private DaemonProcess.Launch launch() {
        return Ending.launch(directory).with(KEY, file().toString());
    }

    private Path file() {
        return directory.resolve("collector.pid");
    }

    @Test
    void itIsThereWhileTheDaemonRuns() throws Exception {
        try (DaemonProcess daemon = launch().through("sh", "-c", "umask 077; exec \"$@\"", "umask").up()) {
            assertThat(file()).hasContent(daemon.pid() + "\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-r--r--");

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of());
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void notBeforeAllCriticalSubsystemsRun() throws Exception {
        try (DaemonProcess daemon = launch().withFault("bind", "WAIT").start()) {
            Preparation.awaitMet(daemon, "bind=WAIT");
            assertThat(file()).doesNotExist();
            daemon.terminate();
            daemon.awaitExit();
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void oneOfAKilledProcessIsReplaced() throws Exception {
        try (DaemonProcess killed = launch().up()) {
            killed.kill();
            killed.awaitExit();
            assertThat(file()).hasContent(killed.pid() + "\n");
        }
        try (DaemonProcess daemon = launch().up()) {
            assertThat(file()).hasContent(daemon.pid() + "\n");
        }
    }

    @Test
    void oneWithTheIdOfALivingProcessIsNoObstacle() throws Exception {
        long living = ProcessHandle.current().pid();
        Files.writeString(file(), living + "\n");
        try (DaemonProcess daemon = launch().up()) {
            assertThat(file()).hasContent(daemon.pid() + "\n");
            daemon.awaitLog("The PID file " + file() + " named the process " + living + ", which is alive, and names this one"
                    + " now: only quarkus.proc-daemon.instance-lock keeps a second daemon away");
            Ending.by(Trigger.TERM, daemon, directory).exits(143, Ending.BOUND);
        }
    }

    @Test
    void oneThatAnotherProcessHasWrittenSinceStays() throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            Files.writeString(file(), "1\n");
            Ending.by(Trigger.TERM, daemon, directory).exits(143, Ending.BOUND);
            assertThat(daemon.log()).contains("The PID file " + file() + " has been written by another process and stays");
            assertThat(file()).hasContent("1\n");
        }
    }

    @Test
    void aFileThatIsNoneEndsTheStartAndStays() throws Exception {
        Files.writeString(file(), "precious\n");
        try (DaemonProcess daemon = launch().with("quarkus.proc-daemon.reload.debounce", "0").start()) {
            assertThat(daemon.awaitExit()).isEqualTo(1);
            assertThat(daemon.log()).contains("PD-1002: the configuration of the daemon has 2 problems:")
                    .contains("  - system property: " + KEY + " (" + file()
                            + ") is the path of a file that contains something else than a process ID");
        }
        assertThat(file()).hasContent("precious\n");
    }

    @Test
    void oneThatCannotBeWrittenAnyMoreIsLogged() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor()).isZero();
        Path gone = Files.createDirectory(directory.resolve("gone"));
        try (DaemonProcess daemon = Ending.launch(directory).with(KEY, gone.resolve("pid").toString())
                .withFault("bind", "DELAY").with("collector.test-hooks.pipe", pipe.toString()).start()) {
            daemon.awaitLog("bind is delayed");
            Files.delete(gone);
            Files.writeString(pipe, "go on");
            daemon.awaitLog("The process ID cannot be written to " + gone.resolve("pid"));
            Ending.by(Trigger.TERM, daemon, directory).exits(143, Ending.BOUND);
        }
    }
}

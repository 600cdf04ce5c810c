package io.quarkiverse.procdaemon.deployment.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.RunningJar;
import io.quarkiverse.procdaemon.event.DaemonSignal;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** What signals do to a real process, as its log says. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class SignalsTest {

    private static final String DUMPS = "-Dquarkus.proc-daemon.dump.directory=";
    private static final String SIGNALS = "-Dquarkus.proc-daemon.signals.";

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Part.class, Observer.class))
            .setApplicationName("signalled");

    @Subsystem
    static class Part {
    }

    @Singleton
    static class Observer {

        private static final Logger LOG = Logger.getLogger("observer");

        @Inject
        Daemon daemon;

        void signal(@Observes DaemonSignal signal) {
            LOG.infof("%s %s in %s on %s", signal.name(), signal.number(), daemon.state(), Thread.currentThread().getName());
        }

        void started(@Observes SubsystemEvent.Started started) {
            LOG.info("ready");
        }
    }

    @TempDir
    Path directory;

    @ProdBuildResults
    ProdModeTestResults build;

    private RunningJar start(String... options) throws IOException {
        RunningJar running = RunningJar.begin(build.getBuiltArtifactPath(), options);
        running.awaitLine("ready");
        running.awaitLine("started in");
        return running;
    }

    @Test
    void eachSignalWithAnEntryIsAnEventAfterItsAction() throws Exception {
        try (RunningJar running = start(SIGNALS + "URG=event", SIGNALS + "WINCH=ignore", SIGNALS + "TSTP=drain",
                SIGNALS + "CONT=resume")) {
            running.signal("URG");
            assertThat(running.awaitLine("URG ")).contains("URG 23 in RUNNING on proc-daemon-events");
            running.signal("WINCH");
            running.awaitLine("WINCH 28 in RUNNING");
            running.signal("HUP");
            running.awaitLine("HUP 1 in RUNNING");
            running.signal("TSTP");
            running.awaitLine("The signal TSTP drains the daemon");
            running.awaitLine("TSTP 20 in DRAINING");
            running.signal("CONT");
            running.awaitLine("The signal CONT ends the drain of the daemon");
            running.awaitLine("CONT 18 in RUNNING");
            running.signal("TERM");
            assertThat(running.exitCode()).isEqualTo(143);
            assertThat(running.lines("TERM 15 in ")).hasSize(1);
        }
    }

    @Test
    void usr1WritesAThreadDumpByDefault() throws Exception {
        try (RunningJar running = start(DUMPS + directory)) {
            running.signal("USR1");
            String line = running.awaitLine("Wrote a thread dump to ");
            assertThat(line).containsPattern("INFO .*Wrote a thread dump to " + directory + "/\\S+ \\(signal USR1\\)$");
            Path dump = Path.of(line.replaceFirst(".*dump to (\\S+) .*", "$1"));
            assertThat(dump).content().contains("part");
            assertThat(directory).isDirectoryContaining(dump::equals);
            running.awaitLine("USR1 10 in RUNNING");
            running.signal("INT");
            assertThat(running.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void aDumpThatFailsIsLoggedAndTheDaemonGoesOn() throws Exception {
        try (RunningJar running = start(DUMPS + Files.createFile(directory.resolve("file")))) {
            running.signal("USR1");
            assertThat(running.awaitLine("The thread dump that the signal USR1 asked for cannot be written")).contains("ERROR");
            running.signal("TERM");
            assertThat(running.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void oneThatIsLeftToTheJvmHasItsOwnEffectAndNoEvent() throws Exception {
        try (RunningJar running = start(SIGNALS + "HUP=none")) {
            running.signal("HUP");
            assertThat(running.exitCode()).isEqualTo(129);
            assertThat(running.lines("HUP 1 in")).isEmpty();
        }
    }

    @Test
    void anEnvironmentVariableCanSetOne() throws Exception {
        try (RunningJar running = RunningJar.begin(
                List.of("env", "QUARKUS_PROC_DAEMON_SIGNALS__URG_=event", "QUARKUS_PROC_DAEMON_SIGNALS__USR1_=event"),
                build.getBuiltArtifactPath())) {
            running.awaitLine("ready");
            running.awaitLine("started in");
            running.signal("URG");
            running.awaitLine("URG 23 in RUNNING");
            running.signal("USR1");
            running.awaitLine("USR1 10 in RUNNING");
            running.signal("TERM");
            assertThat(running.exitCode()).isEqualTo(143);
            assertThat(running.lines("thread dump")).isEmpty();
        }
    }

    @Test
    void entriesThatCannotWorkEndTheStartAllAtOnce() throws Exception {
        try (RunningJar running = RunningJar.begin(build.getBuiltArtifactPath(), SIGNALS + "QUIT=dump", SIGNALS + "USR2=dump",
                SIGNALS + "KILL=shutdown", SIGNALS + "SIGTERM=shutdown", SIGNALS + "usr1=dump", SIGNALS + "TREM=reload",
                SIGNALS + "URG=explode")) {
            assertThat(running.exitCode()).isEqualTo(1);
            running.awaitLine("PD-1002: the configuration of the daemon has 7 problems:");
            running.awaitLine(".\"QUIT\": QUIT cannot have an action, because the JVM prints a thread dump when it gets it; use"
                    + " another signal, or remove the key");
            running.awaitLine(".\"USR2\": USR2 cannot have an action, because the JVM uses it itself");
            running.awaitLine(".\"KILL\": KILL cannot have an action, because no process can handle it");
            running.awaitLine(".\"SIGTERM\": there is no signal of that name here; names are in capitals and without SIG: write"
                    + " \"TERM\"");
            running.awaitLine(".\"usr1\": there is no signal of that name here; names are in capitals");
            running.awaitLine(".\"TREM\": there is no signal of that name here; write its name in capitals");
            running.awaitLine(".\"URG\" (explode) is not one of its values; use shutdown, reload, dump, drain, resume, event,"
                    + " ignore or none");
        }
    }
}

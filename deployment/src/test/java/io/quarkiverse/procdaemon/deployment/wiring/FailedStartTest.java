package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusProdModeTest;

/** A critical subsystem that cannot start: what has started is stopped, one message says why, exit code 1. */
class FailedStartTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class, Ingest.class))
            .setApplicationName("failing").setRun(true).setExpectExit(true);

    @Subsystem
    static class Journal {
        @OnStop
        void close() {
            System.out.println("journal is closed");
        }
    }

    @Subsystem(dependsOn = Journal.class, restart = RestartPolicy.NEVER)
    static class Ingest {
        @OnStart
        void bind() throws IOException {
            throw new IOException("port 7070 is taken");
        }
    }

    @Test
    void rollsBackAndExitsWithOneMessage() {
        String output = APPLICATION.getStartupConsoleOutput();
        assertThat(APPLICATION.getExitCode()).isEqualTo(1);
        assertThat(output).contains("journal is closed").doesNotContain("Installed features");
        assertThat(output).containsOnlyOnce("PD-4002: ").doesNotContain("Failed to start application");
        assertThat(output.lines().filter(line -> line.startsWith("PD-4002: "))).containsExactly(
                "PD-4002: the daemon does not start because subsystem 'ingest' failed: IOException: port 7070 is taken");
    }
}

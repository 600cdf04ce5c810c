package io.quarkiverse.procdaemon.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;

/** Tests use neither the lock nor the PID file of production, which may be where they cannot write. */
class ProcessFilesInTestsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Part.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.instance-lock", "/nowhere/lock")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.pid-file", "/nowhere/pid");

    @Subsystem
    static class Part {
    }

    @Inject
    Daemon daemon;

    @Test
    void theDaemonRuns() {
        assertThat(daemon.state()).isEqualTo(DaemonState.RUNNING);
    }
}

package io.quarkiverse.procdaemon.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;

/** Values of the wrong type are all reported at once too, by Quarkus itself and before any rule is looked at. */
@Tag("any-jdk")
class WrongValueTest {

    private static final String KEY = "quarkus.proc-daemon.";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class))
            .overrideRuntimeConfigKey(KEY + "shutdown.graceful-timeout", "soon")
            .overrideRuntimeConfigKey(KEY + "subsystem.start-timeout", "later")
            .overrideRuntimeConfigKey(KEY + "subsystem.journal.thread", "cotton")
            .overrideRuntimeConfigKey(KEY + "signals.\"TERM\"", "explode")
            .assertException(thrown -> assertThat(thrown).hasMessageContainingAll(
                    KEY + "shutdown.graceful-timeout with the config value \"soon\"",
                    KEY + "subsystem.start-timeout with the config value \"later\"",
                    KEY + "subsystem.journal.thread with the config value \"cotton\"",
                    "allowed values: auto,virtual,platform",
                    KEY + "signals.\"TERM\" with the config value \"explode\"",
                    "allowed values: reload,ignore,none,shutdown"));

    @Test
    void doesNotGetHere() {
        fail("the start should have failed");
    }

    @Subsystem
    static class Journal {
    }
}

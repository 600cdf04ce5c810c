package io.quarkiverse.procdaemon.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;

/** Values of the wrong type are reported as those that break a rule are, and together with them. */
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
            .overrideRuntimeConfigKey(KEY + "reload.debounce", "0")
            .assertException(thrown -> assertThat(thrown).hasMessageContainingAll("PD-1002", "has 5 problems",
                    KEY + "shutdown.graceful-timeout (soon) is not a duration",
                    KEY + "subsystem.start-timeout (later) is not a duration",
                    KEY + "subsystem.\"journal\".thread (cotton) is not one of its values; use auto, virtual or platform",
                    KEY + "signals.\"TERM\" (explode) is not one of its values; use shutdown, reload, dump, drain, resume, event,"
                            + " ignore or none",
                    KEY + "reload.debounce (0s) must be greater than zero"));

    @Test
    void doesNotGetHere() {
        fail("the start should have failed");
    }

    @Subsystem
    static class Journal {
    }
}

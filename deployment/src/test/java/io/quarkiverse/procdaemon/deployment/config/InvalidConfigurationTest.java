package io.quarkiverse.procdaemon.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;

/** One start with one mistake of each kind: all are reported. */
@Tag("any-jdk")
class InvalidConfigurationTest {

    private static final String KEY = "quarkus.proc-daemon.";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class, Ingest.class))
            .overrideRuntimeConfigKey(KEY + "shutdown.graceful-timeout", "10s")
            .overrideRuntimeConfigKey(KEY + "shutdown.force-timeout", "10s")
            .overrideRuntimeConfigKey(KEY + "shutdown.kill-timeout", "9500ms")
            .overrideRuntimeConfigKey(KEY + "shutdown.signal-exit-code", "256")
            .overrideRuntimeConfigKey(KEY + "signals.\"NOPE\"", "shutdown")
            .overrideRuntimeConfigKey(KEY + "signals.\"SIGTERM\"", "none")
            .overrideRuntimeConfigKey(KEY + "subsystem.start-timeout", "0s")
            .overrideRuntimeConfigKey(KEY + "subsystem.jurnal.critical", "false")
            .overrideRuntimeConfigKey(KEY + "subsystem.journal.enabled", "false")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.stop-timeout", "-1s")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.health.failures", "0")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.heartbeat-timeout", "0s")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.restart.initial-delay", "-5s")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.restart.window", "0s")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.restart.stable-after", "20000d")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.restart.multiplier", "0.5")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.restart.jitter", "1.5")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.restart.max-restarts", "-2")
            .overrideRuntimeConfigKey(KEY + "subsystem.restart.max-delay", "10ms")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.thread", "virtual")
            .overrideRuntimeConfigKey(KEY + "shutdown.before-http", "")
            .overrideRuntimeConfigKey(KEY + "reload.enabled", "maybe")
            .overrideRuntimeConfigKey(KEY + "reload.debounce", "0")
            .overrideRuntimeConfigKey(KEY + "reload.poll-interval", "2d")
            .overrideRuntimeConfigKey(KEY + "reload.timeout", "-1s")
            .overrideRuntimeConfigKey(KEY + "subsystem.restart.multiplier", "1e300")
            .overrideRuntimeConfigKey(KEY + "subsystem.restart.max-restarts", "NaN")
            .overrideRuntimeConfigKey(KEY + "subsystem.health.interval", "soon")
            .overrideRuntimeConfigKey(KEY + "subsystem.ingest.heartbeat-timeut", "1s")
            .overrideRuntimeConfigKey("quarkus.shutdown.timeout", "PT2562047788015215H")
            .assertException(InvalidConfigurationTest::check);

    // The exception's class is one of the application's class loader.
    private static void check(Throwable failure) {
        List<String> problems = new ArrayList<>(List.of(
                KEY + "shutdown.force-timeout (10s) must be greater than " + KEY + "shutdown.graceful-timeout (10s); raise the "
                        + "first or lower the second",
                KEY + "shutdown.kill-timeout (9.500s) must be greater than " + KEY + "shutdown.force-timeout (10s); raise the "
                        + "first or lower the second",
                KEY + "shutdown.signal-exit-code (256) is not a valid exit code; use 0 to 255",
                KEY + "signals.\"NOPE\": there is no signal of that name here; write its name in capitals and without SIG,"
                        + " as in TERM (kill -l lists those of this system), or remove the key",
                KEY + "signals.\"SIGTERM\": there is no signal of that name here; names are in capitals and without SIG:"
                        + " write \"TERM\"",
                KEY + "subsystem.start-timeout (0s) must be greater than zero; raise it or remove the key",
                KEY + "subsystem.\"ingest\".stop-timeout (-1s) must be greater than zero; raise it or remove the key",
                KEY + "subsystem.\"ingest\".health.failures (0) must be at least 1; raise it or remove the key",
                KEY + "subsystem.\"ingest\".heartbeat-timeout (0s) must be greater than zero; raise it or remove the key",
                KEY + "subsystem.\"ingest\".restart.initial-delay (-5s) must not be negative; raise it or remove the key",
                KEY + "subsystem.\"ingest\".restart.window (0s) must be greater than zero; raise it or remove the key",
                KEY + "subsystem.\"ingest\".restart.stable-after (20000 days) must be at most 10000 days; lower it",
                KEY + "subsystem.\"ingest\".restart.multiplier (0.5) must be at least 1; raise it or remove the key",
                KEY + "subsystem.\"ingest\".restart.jitter (1.5) must be from 0 to 1; correct it or remove the key",
                KEY + "subsystem.\"ingest\".restart.max-restarts (-2) must be at least -1; raise it or remove the key",
                KEY + "subsystem.restart.max-delay (10ms) must not be less than restart.initial-delay (100ms); raise "
                        + "the first or lower the second",
                KEY + "subsystem.\"jurnal\": there is no subsystem of that name; did you mean \"journal\"? Known "
                        + "subsystems: ingest, journal; correct the name or remove the key",
                KEY + "shutdown.before-http is empty; set it or remove the key",
                KEY + "reload.enabled (maybe) is not one of its values; use true or false",
                KEY + "reload.debounce (0s) must be greater than zero; raise it or remove the key",
                KEY + "reload.poll-interval (2 days) must be at most 1 day; lower it",
                KEY + "reload.timeout (-1s) must be greater than zero; raise it or remove the key",
                KEY + "subsystem.restart.multiplier (1e300) must be at most 1000000; lower it or remove the key",
                KEY + "subsystem.restart.max-restarts (NaN) is not a whole number; correct it or remove the key",
                KEY + "subsystem.health.interval (soon) is not a duration; write it as in 500ms, 30s, 5m or PT1H30M",
                KEY + "subsystem.ingest.heartbeat-timeut: there is no such key; did you mean " + KEY
                        + "subsystem.\"ingest\".heartbeat-timeout? Correct the key or remove it",
                "quarkus.shutdown.timeout (106751991167300 days) is more than Quarkus supports, which counts in milliseconds; set it"
                        + " to at most 106751991167d",
                KEY + "subsystem.\"journal\".enabled is false, but subsystem 'ingest' depends on 'journal'; enable it, or "
                        + "disable 'ingest' too"));
        if (Runtime.version().feature() < 21) {
            problems.add(KEY + "subsystem.\"ingest\".thread is 'virtual', but this JVM (Java " + Runtime.version().feature()
                    + ") has no virtual threads; run on Java 21 or later, or set it to 'auto' or 'platform'");
        }
        assertThat(failure.getClass().getName()).isEqualTo(InvalidConfigurationException.class.getName());
        assertThat(failure.getMessage()).doesNotContain("SRCFG");
        // Before each key stands the source that it is from.
        assertThat(failure.getMessage().replaceAll("\n  - \\S.*?(?=quarkus\\.)", "\n  - ").split("\n  - ")).startsWith(
                "PD-1002: the configuration of the daemon has " + problems.size() + " problems:").hasSize(problems.size() + 1)
                .containsAll(problems);
    }

    @Test
    void doesNotGetHere() {
        fail("the start should have failed");
    }

    @Subsystem
    static class Journal {
    }

    @Subsystem(dependsOn = Journal.class)
    static class Ingest {
    }
}

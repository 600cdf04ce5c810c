package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;

/** Intervals without a valid value are problems of the start, beside all others. */
class MissingIntervalTest {

    private static final String HERE = MissingIntervalTest.class.getName() + "$";
    private static final ConfigFile FILE = ConfigFile.of("MissingIntervalTest", "# none", "sweep.interval=s3cr3t");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Poller.class, Sweeper.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.start-timeout", "0s")
            .assertException(MissingIntervalTest::check);

    // The exception's class is one of the application's class loader.
    private static void check(Throwable failure) {
        assertThat(failure.getClass().getName()).isEqualTo(InvalidConfigurationException.class.getName());
        assertThat(failure.getMessage().split("\n  - ")).hasSize(4).contains(
                "PD-1002: the configuration of the daemon has 3 problems:",
                "poll.interval has no value; set it, or give it a default where it is used, as in {poll.interval:30s}; it is the "
                        + "interval of " + HERE + "Poller.poll()",
                FILE.name() + ":2: sweep.interval is not a duration; write it as in 500ms, 30s, 5m or PT1H30M, or 'off' for no "
                        + "calls; it is the interval of " + HERE + "Sweeper.sweep()");
    }

    @Test
    void doesNotGetHere() {
        fail("the start should have failed");
    }

    @Subsystem
    static class Poller {

        @Run(every = "{poll.interval}")
        void poll() {
        }
    }

    @Subsystem
    static class Sweeper {

        @Run(every = "{sweep.interval:1s}")
        void sweep() {
        }
    }
}

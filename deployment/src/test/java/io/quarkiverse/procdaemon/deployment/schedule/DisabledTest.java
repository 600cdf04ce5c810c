package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.test.QuarkusUnitTest;

/** What configuration disables never fires. */
@Tag("any-jdk")
class DisabledTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Executions.class, Off.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"off\".enabled", "false");

    @Subsystem
    static class Off {

        final AtomicInteger fired = new AtomicInteger();

        @Scheduled(every = "1s", identity = "off")
        void tick() {
            fired.incrementAndGet();
        }
    }

    @Inject
    Off off;

    @Inject
    Executions watch;

    @Test
    void neverFires() {
        watch.awaitSkips("off");
        assertThat(off.fired).hasValue(0);
    }
}

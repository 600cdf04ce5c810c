package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.QuarkusUnitTest;

/** A drain pauses the subsystems' methods and nothing else. */
class DrainTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Executions.class, Journal.class, Own.class));

    @Subsystem
    static class Journal {

        final AtomicInteger fired = new AtomicInteger();

        @Scheduled(every = "1s", identity = "journal")
        void compact() {
            fired.incrementAndGet();
        }
    }

    @Singleton
    static class Own {
        @Scheduled(every = "1s", identity = "own")
        void tick() {
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Scheduler scheduler;

    @Inject
    Journal journal;

    @Inject
    Executions watch;

    @AfterEach
    void putBack() {
        daemon.resume();
        scheduler.resume();
    }

    @Test
    void pausesUntilItIsResumed() {
        watch.awaitSuccess("journal");
        daemon.drain();
        watch.awaitSkips("journal");
        int before = journal.fired.get();
        watch.awaitSkips("journal");
        watch.awaitSuccess("own");
        assertThat(journal.fired).hasValue(before);

        daemon.resume();
        watch.awaitSuccess("journal");
    }

    @Test
    void doesNotResumeWhatTheUserPaused() {
        scheduler.pause();
        daemon.drain();
        daemon.resume();
        assertThat(scheduler.isRunning()).isFalse();
    }
}

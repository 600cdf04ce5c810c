package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.test.QuarkusUnitTest;

/** {@code concurrentExecution} means what it means elsewhere, and what it skips is no work in flight. */
class ConcurrencyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Executions.class, Journal.class, Ingest.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.graceful-timeout", "60s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.force-timeout", "70s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.kill-timeout", "80s");

    @Subsystem
    static class Journal {

        final AtomicInteger begun = new AtomicInteger();
        final Semaphore mayEnd = new Semaphore(0);

        @Scheduled(every = "1s", identity = "journal", concurrentExecution = ConcurrentExecution.SKIP)
        void compact() throws InterruptedException {
            begun.incrementAndGet();
            mayEnd.acquire();
        }
    }

    @Subsystem
    static class Ingest {

        final CountDownLatch two = new CountDownLatch(2);

        @Scheduled(every = "1s", identity = "ingest")
        void poll() throws InterruptedException {
            two.countDown();
            two.await();
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Journal journal;

    @Inject
    Executions watch;

    @Test
    void skipKeepsTwoFromRunningAtOnce() throws Exception {
        await().atMost(20, TimeUnit.SECONDS).until(() -> journal.begun.get() == 1);
        watch.awaitSkips("journal");
        assertThat(watch.lastSkip("journal")).isEqualTo("The scheduled method should not be executed concurrently");
        assertThat(journal.begun).hasValue(1);

        journal.mayEnd.release();
        await().atMost(20, TimeUnit.SECONDS).until(() -> journal.begun.get() == 2);
        journal.mayEnd.release(Integer.MAX_VALUE);
        daemon.stop("journal").toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(daemon.subsystem("journal").orElseThrow())
                .matches(info -> info.state() == SubsystemState.STOPPED && info.inFlight() == 0, "stopped, nothing in flight");
    }

    @Test
    void proceedLetsThem() {
        watch.awaitSuccess("ingest");
    }
}

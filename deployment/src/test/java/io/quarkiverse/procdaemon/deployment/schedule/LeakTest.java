package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SkippedExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import io.quarkus.test.QuarkusUnitTest;

/** No execution stays in flight, however it ended and whatever else observes it. */
class LeakTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Rude.class, Throwing.class, Journal.class,
                    Failing.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.graceful-timeout", "60s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.force-timeout", "70s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.kill-timeout", "80s");

    @Singleton
    static class Rude {

        final CountDownLatch skipped = new CountDownLatch(1);
        final CountDownLatch succeeded = new CountDownLatch(1);

        void skipped(@Observes @Priority(Integer.MIN_VALUE + 1) SkippedExecution event) {
            skipped.countDown();
            throw new IllegalStateException("rude");
        }

        void succeeded(@Observes @Priority(Integer.MIN_VALUE + 1) SuccessfulExecution event) {
            succeeded.countDown();
            throw new IllegalStateException("rude");
        }

        void failed(@Observes @Priority(Integer.MIN_VALUE + 1) FailedExecution event) {
            throw new IllegalStateException("rude");
        }
    }

    @Singleton
    static class Throwing implements Scheduled.SkipPredicate {

        final CountDownLatch asked = new CountDownLatch(1);

        @Override
        public boolean test(ScheduledExecution execution) {
            asked.countDown();
            throw new IllegalStateException("undecided");
        }
    }

    @Subsystem
    static class Journal {

        final CountDownLatch mayEnd = new CountDownLatch(1);

        @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
        void compact() throws InterruptedException {
            mayEnd.await();
        }

        @Scheduled(every = "1s", skipExecutionIf = Throwing.class)
        void undecided() {
        }

        @Scheduled(every = "1s")
        void flush() {
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class Failing {
        @Scheduled(every = "1s")
        void tick() {
            throw new IllegalStateException("no luck");
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Journal journal;

    @Inject
    Rude rude;

    @Inject
    Throwing throwing;

    @Test
    void nothingIsLeftOnceAllHaveEnded() throws Exception {
        assertThat(rude.skipped.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(rude.succeeded.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(throwing.asked.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(info("journal").inFlight()).isPositive();

        journal.mayEnd.countDown();
        daemon.stop("journal").toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(info("journal").state()).isEqualTo(SubsystemState.STOPPED);
        assertThat(info("journal").inFlight()).isZero();
    }

    @Test
    void aFailureIsHeardAllTheSame() {
        await().atMost(20, TimeUnit.SECONDS).until(() -> info("failing").state() == SubsystemState.FAILED);
        assertThat(info("failing").inFlight()).isZero();
    }

    private SubsystemInfo info(String name) {
        return daemon.subsystem(name).orElseThrow();
    }
}

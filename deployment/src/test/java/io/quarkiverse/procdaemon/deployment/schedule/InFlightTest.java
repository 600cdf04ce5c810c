package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.deployment.wiring.Trace;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** A stop waits for executions in progress, no longer than the stop timeout. */
class InFlightTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Executions.class, Trace.class, Journal.class,
                    Feed.class, Late.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"journal\".stop-timeout", "20s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"feed\".stop-timeout", "20s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"late\".stop-timeout", "1s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.graceful-timeout", "20s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.force-timeout", "21s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.kill-timeout", "22s");

    @Subsystem
    static class Journal {

        @Inject
        Trace trace;

        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);

        @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
        void compact() throws InterruptedException {
            begun.countDown();
            mayEnd.await();
            trace.add("compacted");
        }

        @OnStop
        void close() {
            trace.add("journal stops");
        }
    }

    @Subsystem
    static class Feed {

        @Inject
        Trace trace;

        final CountDownLatch begun = new CountDownLatch(1);
        final CompletableFuture<Void> mayEnd = new CompletableFuture<>();

        @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
        Uni<Void> poll() {
            begun.countDown();
            return Uni.createFrom().completionStage(mayEnd).invoke(() -> trace.add("polled"));
        }

        @OnStop
        void close() {
            trace.add("feed stops");
        }
    }

    @Subsystem(critical = false)
    static class Late {

        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch mayFail = new CountDownLatch(1);

        @Scheduled(every = "1s", identity = "late", concurrentExecution = ConcurrentExecution.SKIP)
        void tick() throws InterruptedException {
            if (begun.getCount() == 0) {
                return;
            }
            begun.countDown();
            mayFail.await();
            throw new IllegalStateException("too late");
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Journal journal;

    @Inject
    Feed feed;

    @Inject
    Late late;

    @Inject
    Trace trace;

    @Inject
    Executions watch;

    @Test
    void theCleanUpComesAfterAMethod() throws Exception {
        assertThat(journal.begun.await(20, TimeUnit.SECONDS)).isTrue();
        assertStopWaits("journal", journal.mayEnd::countDown);
        assertThat(trace.entries()).containsSubsequence("compacted", "journal stops");
    }

    @Test
    void theCleanUpComesAfterAUni() throws Exception {
        assertThat(feed.begun.await(20, TimeUnit.SECONDS)).isTrue();
        assertStopWaits("feed", () -> feed.mayEnd.complete(null));
        assertThat(trace.entries()).containsSubsequence("polled", "feed stops");
    }

    private void assertStopWaits(String name, Runnable release) throws Exception {
        assertThat(info(name).inFlight()).isEqualTo(1);
        CompletableFuture<Void> stopped = daemon.stop(name).toCompletableFuture();
        await().atMost(10, TimeUnit.SECONDS).until(() -> info(name).state() == SubsystemState.STOPPING);
        assertThat(stopped).isNotDone();
        assertThat(trace.entries()).doesNotContain(name + " stops");
        release.run();
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(info(name).state()).isEqualTo(SubsystemState.STOPPED);
        assertThat(info(name).inFlight()).isZero();
    }

    @Test
    void aFailureAfterTheRunHasEndedChangesNothing() throws Exception {
        assertThat(late.begun.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.stop("late").toCompletableFuture().exceptionally(timedOut -> null).get(15, TimeUnit.SECONDS);
        SubsystemInfo abandoned = info("late");
        assertThat(abandoned.state()).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.start("late").toCompletableFuture()).failsWithin(10, TimeUnit.SECONDS).withThrowableThat()
                .withMessageContaining("subsystem 'late#1' was abandoned and still runs");

        late.mayFail.countDown();
        watch.awaitFailure("late");
        assertThat(info("late").failures()).isEqualTo(abandoned.failures());
        daemon.start("late").toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(info("late").generation()).isEqualTo(2);
        assertThat(info("late").failures()).isEqualTo(abandoned.failures());
    }

    private SubsystemInfo info(String name) {
        return daemon.subsystem(name).orElseThrow();
    }
}

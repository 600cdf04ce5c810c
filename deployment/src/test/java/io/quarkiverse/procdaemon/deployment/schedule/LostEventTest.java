package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.ObservesAsync;
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
import io.quarkus.scheduler.SuccessfulExecution;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/**
 * The scheduler notifies asynchronous observers first. If the executor rejects these, no observer is notified; the end of the
 * work is detected nevertheless.
 */
class LostEventTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Curious.class, Hog.class, Journal.class, Feed.class,
                    Stage.class, Failing.class, FailingUni.class, FailingStage.class))
            // The one that calls the method.
            .overrideConfigKey("quarkus.thread-pool.max-threads", "1")
            .overrideConfigKey("quarkus.thread-pool.queue-size", "0")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.graceful-timeout", "60s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.force-timeout", "70s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.kill-timeout", "80s");

    @Singleton
    static class Curious {

        void succeeded(@ObservesAsync SuccessfulExecution event) {
        }

        void failed(@ObservesAsync FailedExecution event) {
        }
    }

    /** Takes the executor's only thread: methods that need none go on. */
    @Singleton
    static class Hog {

        private final CountDownLatch there = new CountDownLatch(1);
        private final CountDownLatch mayGo = new CountDownLatch(1);

        void comes(ExecutorService executor) throws InterruptedException {
            await().atMost(20, TimeUnit.SECONDS).ignoreException(RejectedExecutionException.class).until(() -> {
                executor.execute(() -> {
                    there.countDown();
                    try {
                        mayGo.await();
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                });
                return true;
            });
            assertThat(there.await(20, TimeUnit.SECONDS)).isTrue();
        }

        void goes() {
            mayGo.countDown();
        }

        boolean isThere() {
            return there.getCount() == 0;
        }

        void count(CountDownLatch fired) {
            if (isThere()) {
                fired.countDown();
            }
        }
    }

    @Subsystem
    static class Journal {

        final CountDownLatch fired = new CountDownLatch(2);

        @Scheduled(every = "1s")
        void compact() {
            fired.countDown();
        }
    }

    @Subsystem
    static class Feed {

        final CountDownLatch fired = new CountDownLatch(2);

        @Inject
        Hog hog;

        @Scheduled(every = "1s")
        Uni<Void> poll() {
            return Uni.createFrom().voidItem().invoke(() -> hog.count(fired));
        }
    }

    @Subsystem
    static class Stage {

        final CountDownLatch fired = new CountDownLatch(2);

        @Inject
        Hog hog;

        @Scheduled(every = "1s")
        CompletionStage<Void> poll() {
            hog.count(fired);
            return CompletableFuture.completedStage(null);
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class Failing {
        // Or it would take the only thread each time the journal wants it.
        @Scheduled(every = "3s")
        void tick() throws IOException {
            throw new IOException("no disk");
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class FailingUni {
        @Inject
        Hog hog;

        @Scheduled(every = "1s")
        Uni<Void> tick() {
            return hog.isThere() ? Uni.createFrom().failure(new IOException("no network")) : Uni.createFrom().voidItem();
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class FailingStage {
        @Inject
        Hog hog;

        @Scheduled(every = "1s")
        CompletionStage<Void> tick() {
            return hog.isThere() ? CompletableFuture.failedStage(new IOException("no luck"))
                    : CompletableFuture.completedStage(null);
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    ExecutorService executor;

    @Inject
    Hog hog;

    @Inject
    Journal journal;

    @Inject
    Feed feed;

    @Inject
    Stage stage;

    @Test
    void theEndIsSeenAllTheSame() throws Exception {
        assertEnds("journal", journal.fired);
        assertFails("failing", "no disk");
        hog.comes(executor);
        try {
            assertEnds("feed", feed.fired);
            assertEnds("stage", stage.fired);
            assertFails("failing-uni", "no network");
            assertFails("failing-stage", "no luck");
        } finally {
            hog.goes();
        }
    }

    private void assertEnds(String name, CountDownLatch fired) throws Exception {
        assertThat(fired.await(30, TimeUnit.SECONDS)).as("%s has fired", name).isTrue();
        assertThat(daemon.stop(name).toCompletableFuture()).as("stop of %s", name).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(info(name).state()).isEqualTo(SubsystemState.STOPPED);
        assertThat(info(name).inFlight()).isZero();
    }

    private void assertFails(String name, String message) {
        await(name + " fails").atMost(30, TimeUnit.SECONDS).until(() -> info(name).state() == SubsystemState.FAILED);
        assertThat(info(name).lastFailure().orElseThrow().message()).isEqualTo(message);
        assertThat(info(name).inFlight()).isZero();
    }

    private SubsystemInfo info(String name) {
        return daemon.subsystem(name).orElseThrow();
    }
}

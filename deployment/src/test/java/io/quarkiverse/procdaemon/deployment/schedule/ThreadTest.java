package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;

/** Each kind of method runs on the thread it would run on elsewhere. */
class ThreadTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Journal.class));

    @Subsystem
    static class Journal {

        final Map<String, String> threads = new ConcurrentHashMap<>();

        @Scheduled(every = "1s")
        void blocking() {
            note("blocking");
        }

        @NonBlocking
        @Scheduled(every = "1s")
        void nonBlocking() {
            note("non-blocking");
        }

        @RunOnVirtualThread
        @Scheduled(every = "1s")
        void virtual() {
            note("virtual");
        }

        @Scheduled(every = "1s")
        Uni<Void> uni() {
            note("uni");
            return Uni.createFrom().voidItem();
        }

        @Scheduled(every = "1s")
        CompletionStage<Void> stage() {
            note("stage");
            return CompletableFuture.completedStage(null);
        }

        private void note(String method) {
            threads.put(method, Thread.currentThread().toString());
        }
    }

    @Inject
    Journal journal;

    @Test
    void keepsItsThread() {
        await().atMost(20, TimeUnit.SECONDS).until(() -> journal.threads.size() == 5);
        assertThat(journal.threads.get("blocking")).contains("executor-thread");
        assertThat(journal.threads.get("non-blocking")).contains("eventloop-thread");
        assertThat(journal.threads.get("uni")).contains("eventloop-thread");
        assertThat(journal.threads.get("stage")).contains("eventloop-thread");
        if (Runtime.version().feature() >= 21) {
            assertThat(journal.threads.get("virtual")).startsWith("VirtualThread");
        }
    }
}

package io.quarkiverse.procdaemon.deployment.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** {@code @Healthy} methods that do not answer, of each kind. */
class HungProbeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Blocking.class, Reactive.class, Staged.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.health.interval", "50ms")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.health.timeout", "100ms")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"blocking\".health.action", "restart");

    @Subsystem(critical = false)
    static class Blocking {

        static final AtomicInteger INSIDE = new AtomicInteger();
        static final AtomicInteger CALLS = new AtomicInteger();
        static final CountDownLatch RELEASE = new CountDownLatch(1);

        @Healthy
        boolean well() {
            CALLS.incrementAndGet();
            INSIDE.incrementAndGet();
            try {
                while (RELEASE.getCount() > 0) {
                    try {
                        RELEASE.await();
                    } catch (InterruptedException ignored) {
                        // As code that does not know what an interrupt is for.
                    }
                }
                return true;
            } finally {
                INSIDE.decrementAndGet();
            }
        }
    }

    @Subsystem(critical = false)
    static class Reactive {

        static final CountDownLatch CANCELLED = new CountDownLatch(1);

        @Healthy
        Uni<Boolean> well() {
            return Uni.createFrom().<Boolean> nothing().onCancellation().invoke(CANCELLED::countDown);
        }
    }

    @Subsystem(critical = false)
    static class Staged {

        static final CompletableFuture<Boolean> ANSWER = new CompletableFuture<>();

        @Healthy
        CompletionStage<Boolean> well() {
            return ANSWER;
        }
    }

    @Inject
    Daemon daemon;

    @Test
    void aMethodThatHangsIsCalledOnceThoughTheSubsystemIsRestarted() {
        try {
            Awaitility.await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> daemon.subsystem("blocking").orElseThrow().generation() >= 3);
            assertThat(Blocking.CALLS).hasValue(1);
            assertThat(Blocking.INSIDE).hasValue(1);
            assertThat(daemon.subsystem("blocking").orElseThrow().lastFailure().orElseThrow().message())
                    .contains("the health check of generation 1 has not returned yet");
        } finally {
            Blocking.RELEASE.countDown();
        }
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> Blocking.CALLS.get() > 1);
    }

    @Test
    void aUniIsCancelledAndMakesItsSubsystemUnhealthy() throws Exception {
        assertThat(Reactive.CANCELLED.await(60, TimeUnit.SECONDS)).isTrue();
        awaitUnhealthy("reactive");
    }

    @Test
    void aStageIsCancelledAndMakesItsSubsystemUnhealthy() {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(Staged.ANSWER::isCancelled);
        awaitUnhealthy("staged");
    }

    private void awaitUnhealthy(String name) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> !daemon.subsystem(name).orElseThrow().healthy());
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** With start.retry=false the first failed start that the start of the daemon waits for ends it. */
@Timeout(60)
class StartRetryTest {

    private static final String ONCE = "its start failed, which is not tried again because start.retry is false,"
            + " as by default in dev mode and tests";

    private final TestDaemon daemon = new TestDaemon();

    @BeforeEach
    void tryOnce() {
        daemon.retriesStart = false;
    }

    /** Its first starts fail, so many of them. */
    private TestDaemon.Part add(String name, int failures, String... dependsOn) {
        return daemon.add(name, dependsOn).onStart(context -> {
            if (context.generation() <= failures) {
                throw new IOException("not yet");
            }
        }).restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
    }

    private String reason(String name) {
        daemon.events.await("GaveUp " + name);
        return daemon.events.all().stream().filter(SubsystemEvent.GaveUp.class::isInstance)
                .map(SubsystemEvent.GaveUp.class::cast).filter(event -> event.subsystem().equals(name)).findFirst()
                .orElseThrow().reason();
    }

    @Test
    void aCriticalOneIsTriedOnce() {
        add("a", 1);
        assertThatThrownBy(daemon::started)
                .hasMessage("PD-4002: the daemon does not start because subsystem 'a' failed: IOException: not yet");
        assertThat(daemon.info("a").generation()).isEqualTo(1);
        assertThat(reason("a")).isEqualTo(ONCE);
    }

    @Test
    void aStartThatHangsIsTriedOnce() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        daemon.add("a").onStart(context -> never.await()).restart(restart -> restart);
        CompletableFuture<Void> start = CompletableFuture.runAsync(daemon::started);
        daemon.events.await("Starting a");
        daemon.time.awaitNextIn(Duration.ofSeconds(30));
        daemon.time.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> TestDaemon.get(start)).hasMessageContaining("has not started within 30s");
        assertThat(reason("a")).isEqualTo(ONCE);
    }

    @Test
    void oneThatACriticalOneDependsOnIsTriedOnce() {
        add("a", 1).critical(false);
        add("b", 0, "a").critical(false);
        add("c", 0, "b");
        assertThatThrownBy(daemon::started).hasMessage("PD-4002: the daemon does not start because subsystem 'a', on"
                + " which the critical subsystem 'c' depends, failed: IOException: not yet");
        assertThat(reason("a")).isEqualTo(ONCE);
    }

    @Test
    void oneThatNobodyWaitsForIsTriedAgain() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        add("a", 2).critical(false);
        daemon.add("slow").onStart(context -> release.await());
        CompletableFuture<Void> start = CompletableFuture.runAsync(daemon::started);
        daemon.events.await("Started a");
        assertThat(daemon.info("a").generation()).isEqualTo(3);
        release.countDown();
        TestDaemon.get(start);
        daemon.stop();
    }

    @Test
    void laterStartsAreTriedAgain() {
        CountDownLatch crash = new CountDownLatch(1);
        daemon.add("a").onStart(context -> {
            if (context.generation() == 2) {
                throw new IOException("not yet");
            }
        }).run(context -> {
            if (context.generation() == 1) {
                crash.await();
                throw new IOException("broken");
            }
            context.await();
        }).restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
        daemon.started();
        crash.countDown();
        daemon.events.await("Started a", 2);
        assertThat(daemon.info("a").generation()).isEqualTo(3);
        daemon.stop();
    }

    @Test
    void aBodyThatFailsDuringTheStartIsRestarted() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            if (context.generation() == 1) {
                throw new IOException("broken");
            }
            context.await();
        }).restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
        daemon.add("slow").onStart(context -> release.await());
        CompletableFuture<Void> start = CompletableFuture.runAsync(daemon::started);
        daemon.events.await("Started a", 2);
        release.countDown();
        TestDaemon.get(start);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    @Test
    void aStartThatIsCancelledAndCannotBeCleanedUpIsNoFailedStart() throws Exception {
        CountDownLatch crash = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            if (context.generation() == 1) {
                crash.await();
                throw new IOException("broken");
            }
            context.await();
        }).restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
        daemon.add("b", "a").onStart(context -> {
            if (context.generation() == 1) {
                context.await();
            }
        }).onStop(context -> {
            if (context.generation() == 1) {
                throw new IOException("dirty");
            }
        }).restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
        CompletableFuture<Void> start = CompletableFuture.runAsync(daemon::started);
        daemon.events.await("Starting b");
        crash.countDown();
        TestDaemon.get(start);
        assertThat(daemon.info("b").generation()).isEqualTo(2);
        daemon.stop();
    }
}

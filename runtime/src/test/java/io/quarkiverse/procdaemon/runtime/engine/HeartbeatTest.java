package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;

/** A body that hangs is a failure. */
@Timeout(60)
class HeartbeatTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final TestDaemon daemon = new TestDaemon();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CompletableFuture<SubsystemContext> body = new CompletableFuture<>();

    private TestDaemon.Part add() {
        return daemon.add("a").run(context -> {
            body.complete(context);
            hang();
        }).settings(settings -> settings.withHeartbeatTimeout(TIMEOUT)).restart(restart -> restart);
    }

    private void hang() throws InterruptedException {
        hanging.countDown();
        release.await();
    }

    private void stubborn() {
        hanging.countDown();
        TestDaemon.ignoringInterrupts(release);
    }

    @Test
    void whoGivesNoneIsHungAfterTheTimeout() throws Exception {
        add();
        daemon.started();
        hanging.await();
        daemon.time.advance(TIMEOUT.minusNanos(1));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.time.advance(Duration.ofNanos(1));

        Failure failure = daemon.info("a").lastFailure().orElseThrow();
        assertThat(failure.phase()).isEqualTo(SubsystemEvent.Phase.RUN);
        assertThat(Thrown.summary(failure))
                .isEqualTo("PD-7003: subsystem 'a#1' has given no heartbeat for 8s and counts as hung; the "
                        + "stack shows where its body is; raise subsystem.heartbeat-timeout if it may be silent for longer");
        assertThat(failure.type()).isEqualTo(SubsystemException.class.getName());
        assertThat(failure.stack()).contains(getClass().getName() + ".hang(");

        assertThat(daemon.state("a")).as("interrupted at its stop timeout only").isEqualTo(SubsystemState.STOPPING);
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);
        release.countDown();
        daemon.stop();
    }

    @Test
    void whoGivesThemInTimeRunsOn() {
        add();
        daemon.started();
        SubsystemContext context = TestDaemon.get(body);
        for (int i = 0; i < 100; i++) {
            context.heartbeat();
            daemon.time.advance(Duration.ofMillis(7_999));
        }
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.time.advance(Duration.ofSeconds(2));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPING);
        release.countDown();
        daemon.stop();
    }

    @Test
    void aHeartbeatOfAnOldRunCountsForNothing() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            if (context.generation() == 1) {
                body.complete(context);
                throw new IllegalStateException("broken");
            }
            second.countDown();
            release.await();
        }).settings(settings -> settings.withHeartbeatTimeout(TIMEOUT))
                .restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
        daemon.started();
        second.await();
        for (int i = 0; i < 4; i++) {
            TestDaemon.get(body).heartbeat();
            daemon.time.advance(Duration.ofSeconds(2));
        }
        daemon.events.await("Failed a", 2);
        assertThat(daemon.failure("a")).startsWith("PD-7003: subsystem 'a#2'");
        release.countDown();
        daemon.stop();
    }

    @Test
    void aBodyThatHasReturnedNeedNotGiveAny() throws Exception {
        daemon.add("a").run(context -> release.await()).settings(settings -> settings.withHeartbeatTimeout(TIMEOUT));
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stop = new CountDownLatch(1);
        daemon.add("b", "a").onStop(context -> {
            stopping.countDown();
            stop.await();
        }).settings(settings -> settings.withStopTimeout(Duration.ofHours(1)));
        daemon.started();
        release.countDown();
        assertThat(stopping.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(TIMEOUT);
        assertThat(daemon.state("a")).as("until b has stopped").isEqualTo(SubsystemState.RUNNING);
        stop.countDown();
        daemon.events.await("Stopped a");
        assertThat(daemon.info("a").failures()).isZero();
        daemon.stop();
    }

    @Test
    void nobodyLooksAfterARunThatHasEnded() throws Exception {
        add().run(context -> {
            context.await();
        });
        daemon.started();
        daemon.time.awaitScheduled(1);
        TestDaemon.get(daemon.engine().stop("a"));
        assertThat(daemon.time.scheduled()).isZero();
        daemon.stop();
    }

    @Test
    void whoIgnoresTheInterruptTooIsAbandonedAndNeverRunBeside() throws Exception {
        add().run(context -> stubborn());
        daemon.started();
        hanging.await();
        daemon.time.advance(TIMEOUT);
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.events.await("StopTimedOut a");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        assertThat(TestDaemon.get(daemon.exit)).isEqualTo(1);
        daemon.events.await("GaveUp a");
        assertThat(daemon.events.texts()).containsSubsequence("Failed a", "StopTimedOut a", "StopTimedOut a", "Failed a",
                "GaveUp a").doesNotContain("Restarting a");
        SubsystemEvent.GaveUp gaveUp = (SubsystemEvent.GaveUp) daemon.events.all().stream()
                .filter(SubsystemEvent.GaveUp.class::isInstance).findFirst().orElseThrow();
        assertThat(gaveUp.reason()).isEqualTo("it ignored its interrupt and was abandoned");
        assertThat(gaveUp.failure().stack()).contains("stubborn");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.info("a").generation()).isEqualTo(1);
        release.countDown();
        daemon.stop();
    }
}

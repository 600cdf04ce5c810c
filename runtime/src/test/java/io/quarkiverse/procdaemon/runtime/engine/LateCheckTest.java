package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;

/** The process is suspended and goes on: a check that comes late says nothing of what it looks at. */
@Timeout(60)
class LateCheckTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final Duration PAUSE = TIMEOUT.multipliedBy(5).dividedBy(2);

    private final TestDaemon daemon = new TestDaemon();
    private final CompletableFuture<SubsystemContext> body = new CompletableFuture<>();
    private final CountDownLatch release = new CountDownLatch(1);

    private void running() {
        daemon.add("a").run(context -> {
            body.complete(context);
            release.await();
        }).critical(false).settings(settings -> settings.withHeartbeatTimeout(TIMEOUT));
        daemon.started();
    }

    private void starting() {
        daemon.add("a").onStart(context -> {
            body.complete(context);
            release.await();
        }).critical(false).settings(settings -> settings.withStartTimeout(TIMEOUT));
        daemon.started();
        TestDaemon.get(body);
    }

    private void assertStill(SubsystemState state) {
        assertThat(daemon.state("a")).isEqualTo(state);
    }

    private void assertFailed(String message) {
        daemon.events.await("Failed a");
        assertThat(daemon.info("a").lastFailure().orElseThrow().message()).contains(message);
        release.countDown();
        daemon.stop();
    }

    private void assertHung() {
        assertFailed("PD-7003: subsystem 'a#1' has given no heartbeat for 8s");
    }

    @Test
    void aBodyThatGivesHeartbeatsIsNotHungBecauseTheProcessWasSuspended() {
        running();
        SubsystemContext context = TestDaemon.get(body);
        for (int pause = 0; pause < 5; pause++) {
            for (int beat = 0; beat < 3; beat++) {
                context.heartbeat();
                daemon.time.advance(TIMEOUT.multipliedBy(2).dividedBy(5));
            }
            daemon.time.suspend(PAUSE);
            assertStill(SubsystemState.RUNNING);
            daemon.time.advance(TIMEOUT.multipliedBy(2).dividedBy(5));
        }
        release.countDown();
        daemon.stop();
    }

    @Test
    void aBodyThatHangsIsFoundOneTimeoutAfterTheProcessGoesOn() {
        running();
        daemon.time.suspend(PAUSE);
        daemon.time.advance(TIMEOUT.minusNanos(1));
        assertStill(SubsystemState.RUNNING);
        daemon.time.advance(Duration.ofNanos(1));
        assertHung();
    }

    @Test
    void threeLateLooksInARowAreExcusedAndNoMore() {
        running();
        for (int pause = 0; pause < 3; pause++) {
            daemon.time.suspend(PAUSE);
            assertStill(SubsystemState.RUNNING);
        }
        daemon.time.suspend(PAUSE);
        assertHung();
    }

    @Test
    void aHeartbeatInBetweenBeginsTheRowAgain() {
        running();
        for (int row = 0; row < 3; row++) {
            for (int pause = 0; pause < 3; pause++) {
                daemon.time.suspend(PAUSE);
                assertStill(SubsystemState.RUNNING);
            }
            TestDaemon.get(body).heartbeat();
            daemon.time.advance(TIMEOUT.dividedBy(4));
        }
        release.countDown();
        daemon.stop();
    }

    @Test
    void aQuarterOfTheTimeoutIsNotLate() {
        running();
        daemon.time.advance(TIMEOUT.minusNanos(1));
        daemon.time.suspend(TIMEOUT.dividedBy(4).plusNanos(1));
        assertHung();
    }

    @Test
    void moreThanAQuarterOfTheTimeoutIsLate() {
        running();
        daemon.time.advance(TIMEOUT.minusNanos(1));
        daemon.time.suspend(TIMEOUT.dividedBy(4).plusNanos(2));
        assertStill(SubsystemState.RUNNING);
        daemon.time.advance(TIMEOUT);
        assertHung();
    }

    @Test
    void aStartGetsItsTimeoutAgainAfterAPause() {
        starting();
        daemon.time.suspend(PAUSE);
        assertStill(SubsystemState.STARTING);
        daemon.time.advance(TIMEOUT.minusNanos(1));
        assertStill(SubsystemState.STARTING);
        release.countDown();
        daemon.events.await("Started a");
        daemon.stop();
        assertThat(daemon.time.scheduled()).isZero();
    }

    @Test
    void aStartThatHangsTimesOutOneTimeoutAfterThePause() {
        starting();
        daemon.time.suspend(PAUSE);
        daemon.time.advance(TIMEOUT);
        assertFailed("PD-7001: subsystem 'a' has not started within 8s");
    }

    @Test
    void aStartIsExcusedThreeTimes() {
        starting();
        for (int pause = 0; pause < 3; pause++) {
            daemon.time.suspend(PAUSE);
            assertStill(SubsystemState.STARTING);
        }
        daemon.time.suspend(PAUSE);
        assertFailed("PD-7001: subsystem 'a' has not started within 8s");
    }
}

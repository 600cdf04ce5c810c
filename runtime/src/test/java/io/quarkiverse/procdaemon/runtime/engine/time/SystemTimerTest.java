package io.quarkiverse.procdaemon.runtime.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.LogCapture;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;

class SystemTimerTest {

    private final SystemTimer timer = new SystemTimer("system-timer-test");

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void aTaskRunsOnADaemonThreadOfThatName() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        timer.schedule(() -> ran.complete(Thread.currentThread()), Duration.ZERO);
        Thread thread = ran.get(20, TimeUnit.SECONDS);
        assertThat(thread.getName()).isEqualTo("system-timer-test");
        assertThat(thread.isDaemon()).isTrue();
    }

    @Test
    void aTaskThatFailsIsLoggedAndHarmsNoOther() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        try (LogCapture log = new LogCapture(SystemTimer.class.getName())) {
            timer.schedule(() -> {
                throw new IllegalStateException("the test's");
            }, Duration.ZERO);
            timer.schedule(() -> ran.complete("the next"), Duration.ofMillis(1));
            assertThat(ran.get(20, TimeUnit.SECONDS)).isEqualTo("the next");
            assertThat(log.lines()).containsExactly("ERROR A timer task failed; the timer goes on");
        }
    }

    @Test
    void aTaskThatIsCancelledDoesNotRun() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        CountDownLatch release = new CountDownLatch(1);
        timer.schedule(() -> Uninterrupted.await(() -> release.await(20, TimeUnit.SECONDS)), Duration.ZERO);
        timer.schedule(() -> ran.complete("cancelled"), Duration.ZERO).cancel();
        timer.schedule(() -> ran.complete("not cancelled"), Duration.ZERO);
        release.countDown();
        assertThat(ran.get(20, TimeUnit.SECONDS)).isEqualTo("not cancelled");
    }

    @Test
    void nothingCanBeScheduledOnceItIsClosedAlsoIfNothingWasBefore() {
        timer.close();
        assertThatThrownBy(() -> timer.schedule(() -> {
        }, Duration.ZERO)).isInstanceOf(RejectedExecutionException.class);
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** A run that reports its own failure. */
@Timeout(60)
class FailTest {

    private static final String LOG = "io.quarkiverse.procdaemon";

    private final TestDaemon daemon = new TestDaemon();
    private final Bodies bodies = new Bodies();

    private TestDaemon.Part add() {
        return daemon.add("a").critical(false).run(bodies::run);
    }

    private SubsystemContext context(long generation) {
        return TestDaemon.get(bodies.context(generation));
    }

    @Test
    void itIsRestartedAndItsDependentsStopFirst() {
        CompletableFuture<ShutdownReason> told = new CompletableFuture<>();
        add().restart(restart -> restart);
        daemon.add("b", "a").run(context -> context.await());
        daemon.started();
        context(1).whenShutdown().thenAccept(told::complete);
        context(1).fail(new IOException("connection lost"));
        daemon.events.await("Restarting a");
        assertThat(daemon.events.texts()).containsSubsequence("Failed a", "Stopping b", "Stopped b", "Restarting a")
                .doesNotContain("Stopping a");
        Failure failure = daemon.info("a").lastFailure().orElseThrow();
        assertThat(failure.phase()).isEqualTo(SubsystemEvent.Phase.RUN);
        assertThat(failure.generation()).isEqualTo(1);
        assertThat(daemon.failure("a")).isEqualTo("IOException: connection lost");
        assertThat(TestDaemon.get(told)).isEqualTo(new ShutdownReason.SubsystemFailed("a", failure));
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started b", 2);
        assertThat(daemon.info("a").generation()).isEqualTo(2);
        daemon.stop();
        assertThat(bodies.overlaps()).isZero();
    }

    /** The publisher finds out in a call that another subsystem makes. */
    @Test
    void anotherSubsystemsThreadMayReportIt() {
        CountDownLatch call = new CountDownLatch(1);
        add();
        daemon.add("poller").run(context -> {
            call.await();
            context(1).fail(new IOException("found out by the poller"));
            context.await();
        });
        daemon.started();
        call.countDown();
        daemon.events.await("GaveUp a");
        assertThat(daemon.failure("a")).isEqualTo("IOException: found out by the poller");
        assertThat(daemon.state("a")).as("its policy is NEVER").isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.state("poller")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    @Test
    void itReturnsThoughTheEventLoopIsBusy() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        add();
        daemon.started();
        context(1);
        daemon.post(() -> {
            held.countDown();
            TestDaemon.ignoringInterrupts(goOn);
        });
        assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        context(1).fail(new IOException("connection lost"));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        goOn.countDown();
        daemon.events.await("GaveUp a");
        daemon.stop();
    }

    @Test
    void aStartThatReportsItFailsThoughItReturns() {
        daemon.add("a").onStart(context -> context.fail(new IOException("no greeting"))).run(bodies::run);
        assertThatThrownBy(daemon::started)
                .hasMessage("PD-4002: the daemon does not start because subsystem 'a' failed: IOException: no greeting");
        assertThat(daemon.info("a").lastFailure().orElseThrow().phase()).isEqualTo(SubsystemEvent.Phase.START);
        assertThat(bodies.context(1)).as("its body").isNotDone();
    }

    @Test
    void aStartThatHangsIsInterrupted() throws Exception {
        CompletableFuture<SubsystemContext> starting = new CompletableFuture<>();
        daemon.add("a").onStart(context -> {
            starting.complete(context);
            new CountDownLatch(1).await();
        });
        CompletableFuture<Void> start = CompletableFuture.runAsync(daemon::started);
        TestDaemon.get(starting).fail(new IOException("no greeting"));
        assertThatThrownBy(() -> TestDaemon.get(start)).hasMessageEndingWith("'a' failed: IOException: no greeting");
        assertThat(daemon.info("a").failures()).isEqualTo(1);
    }

    @Test
    void onceTheStopHasBegunItIsLoggedOnly() {
        daemon.add("a").run(context -> context.await())
                .onStop(context -> context.fail(new IOException("already half closed")));
        daemon.started();
        try (LogCapture log = new LogCapture(LOG)) {
            daemon.stop();
            assertThat(log.withStack()).contains("WARN a#1 reported a failure after its stop had begun");
        }
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.info("a").failures()).isZero();
        assertThat(daemon.engine().lastShutdown().orElseThrow().outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void anEarlierRunChangesNothing() {
        add();
        daemon.started();
        SubsystemContext first = context(1);
        TestDaemon.get(daemon.engine().restart("a"));
        context(2);
        try (LogCapture log = new LogCapture(LOG)) {
            first.fail(new IOException("too late"));
            daemon.awaitLoop();
            assertThat(log.lines()).contains("WARN a#1 reported a failure after its stop had begun");
        }
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.info("a").failures()).isZero();
        assertThat(context(2).isShutdown()).isFalse();
        daemon.stop();
    }

    @Test
    void theFirstOfTwoCounts() {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<SubsystemContext> running = new CompletableFuture<>();
        daemon.add("a").critical(false).run(context -> {
            running.complete(context);
            TestDaemon.ignoringInterrupts(release);
        });
        daemon.started();
        try (LogCapture log = new LogCapture(LOG)) {
            TestDaemon.get(running).fail(new IOException("first"));
            TestDaemon.get(running).fail(new IOException("second"));
            release.countDown();
            daemon.events.await("GaveUp a");
            assertThat(log.lines()).containsOnlyOnce("WARN a#1 reported a failure after its stop had begun");
        }
        assertThat(daemon.failure("a")).isEqualTo("IOException: first");
        assertThat(daemon.info("a").failures()).isEqualTo(1);
        daemon.stop();
    }

    @Test
    void itTakesACause() {
        add();
        daemon.started();
        assertThatIllegalArgumentException().isThrownBy(() -> context(1).fail(null))
                .withMessage("the cause of the failure is null");
        assertThat(daemon.info("a").failures()).isZero();
        daemon.stop();
    }

    @ParameterizedTest
    @EnumSource
    void aHostileOneIsAFailureToo(HostileThrowable hostile) {
        add();
        daemon.started();
        context(1).fail(hostile.make());
        daemon.events.await("GaveUp a");
        assertThat(daemon.info("a").lastFailure().orElseThrow().message()).isEqualTo(hostile.message());
        daemon.stop();
    }

    /** Its own methods are called on the thread that reports it, which is interrupted after a second. */
    @Test
    void oneWhoseMessageDoesNotComeIsAFailureToo() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        add();
        daemon.started();
        SubsystemContext context = context(1);
        CompletableFuture<Void> reporting = CompletableFuture
                .runAsync(() -> context.fail(HostileThrowable.blocking(asked, release)));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.events.await("GaveUp a");
        assertThat(daemon.info("a").failures()).isEqualTo(1);
        release.countDown();
        TestDaemon.get(reporting);
        daemon.stop();
        assertThat(daemon.info("a").failures()).isEqualTo(1);
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.events.ReportText;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/** What begins a shutdown, and what comes of it when the application does its part or does not. */
@Timeout(60)
class ShutdownCauseTest {

    private static final ShutdownReason.Signal TERM = new ShutdownReason.Signal(15, "TERM");

    private static final Duration MORE_THAN_A_SECOND = Duration.ofMillis(1001);

    private final TestDaemon daemon = new TestDaemon();
    private final LastWordsListener words = new LastWordsListener();

    ShutdownCauseTest() {
        daemon.listeners.add(words);
    }

    private ShutdownCoordinator coordinator() {
        return daemon.engine().shutdownCoordinator();
    }

    @Test
    void theFirstCauseFixesReasonAndExitCode() throws Exception {
        CompletableFuture<ShutdownReason> reason = new CompletableFuture<>();
        daemon.add("a").run(context -> {
            context.await();
            reason.complete(context.reason().orElseThrow());
        });
        daemon.started();
        daemon.engine().shutdown(7);
        assertThat(TestDaemon.get(daemon.process.exit)).isEqualTo(7);
        coordinator().signalled(TERM, 143);
        daemon.engine().shutdown(9);
        daemon.stop();
        assertThat(TestDaemon.get(reason)).isEqualTo(new ShutdownReason.Requested("Daemon.shutdown(7)"));
        assertThat(coordinator().exitCode()).hasValue(7);
        assertThat(daemon.process.exitNow).isNotDone();
        assertThat(words.next()).isEqualTo("began: Requested[by=Daemon.shutdown(7)] 7");
        assertThat(words.next()).isEqualTo("ended CLEAN in 0s: requested by Daemon.shutdown(7) (exit code 7); 1 stopped");
    }

    @Test
    void aSignalEndsTheProcessAndSaysWhichItWas() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        coordinator().signalled(TERM, 143);
        assertThat(TestDaemon.get(daemon.process.exitNow)).isEqualTo(143);
        assertThat(daemon.process.exit).isNotDone();
        daemon.stop();
        assertThat(words.next()).isEqualTo("began: Signal[number=15, name=TERM] 143");
        assertThat(words.next()).isEqualTo("ended CLEAN in 0s: signal TERM (exit code 143); 1 stopped");
    }

    @Test
    void aResourceThatIsExhaustedIsACauseLikeOthers() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        coordinator().request(1, new ShutdownReason.ResourceExhausted("memory"));
        assertThat(TestDaemon.get(daemon.process.exit)).isEqualTo(1);
        daemon.stop();
        assertThat(words.next()).isEqualTo("began: ResourceExhausted[resource=memory] 1");
        assertThat(words.next()).isEqualTo("ended CLEAN in 0s: out of memory (exit code 1); 1 stopped");
    }

    @Test
    void anEndThatOthersDecideHasNoExitCode() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        daemon.stop();
        assertThat(coordinator().exitCode()).isEmpty();
        assertThat(words.next()).isEqualTo("began: Requested[by=the test] -");
        assertThat(words.next()).isEqualTo("ended CLEAN in 0s: requested by the test; 1 stopped");
    }

    /** A command that returns right after it ends with that code. */
    @Test
    void theProcessKnowsTheExitCodeWhenTheCallReturns() {
        daemon.threadRefusal = name -> assertThat(name).isNotEqualTo("proc-daemon-exit");
        daemon.started();
        daemon.engine().shutdown(7);
        assertThat(daemon.exit).isCompletedWithValue(7);
        daemon.stop();
    }

    @Test
    void anExitCodeNoProcessCanHaveIsRefused() {
        daemon.started();
        assertThatThrownBy(() -> daemon.engine().shutdown(256)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no process can have the exit code 256; use 0 to 255");
        assertThat(coordinator().hasBegun()).isFalse();
        daemon.stop();
    }

    @Test
    void itIsDrainingUntilTheSubsystemsTurnComesAndNoHandCanUndoThat() {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        coordinator().begin(TestDaemon.REASON, OptionalInt.empty());
        daemon.engine().resume();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.DRAINING);
        assertThat(daemon.engine().beginErrand("a")).isEmpty();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
    }

    @Test
    void subsystemsStopWithoutAnApplicationThatDoesNotComeToThem() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        new Thread(() -> {
            running.countDown();
            TestDaemon.ignoringInterrupts(release);
        }, "application").start();
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.engine().shutdown(7);
        daemon.time.advance(Duration.ofMillis(3_749));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.process.exitNow).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        daemon.events.await("Stopped a");
        assertThat(TestDaemon.get(daemon.process.exitNow)).isEqualTo(7);
        assertThat(words.next()).startsWith("began");
        assertThat(words.next()).isEqualTo("delayed PT3.75S");
        assertThat(words.held()).as("the subsystem has not been asked to stop").contains("thread 'application'")
                .noneMatch(line -> line.startsWith("a#1"));
        release.countDown();
        assertThat(words.next()).startsWith("ended CLEAN in 3.750s: requested by Daemon.shutdown(7)");
    }

    /** To look at all threads may take longer than the time that they have left. */
    @Test
    void subsystemsAreAskedToStopBeforeItIsFoundOutWhatHoldsTheApplicationUp() {
        List<String> heard = new CopyOnWriteArrayList<>();
        daemon.listeners.add(new DaemonListener() {
            @Override
            public void onEvent(SubsystemEvent event) {
                heard.add(Events.text(event));
            }

            @Override
            public void shutdownDelayed(String name, Duration after, List<String> held) {
                heard.add("delayed");
            }
        });
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        daemon.engine().shutdown(7);
        daemon.time.advance(Duration.ofMillis(3_750));
        daemon.stop();
        assertThat(heard).containsSubsequence("Stopping a", "delayed");
    }

    @Test
    void whatTheApplicationMayTakeIsAdded() throws Exception {
        daemon.add("a").run(context -> new CountDownLatch(1).await())
                .settings(settings -> settings.withStopTimeout(Duration.ofMinutes(1)));
        daemon.started();
        coordinator().allow(Duration.ofSeconds(20));
        daemon.engine().shutdown();
        daemon.time.advance(Duration.ofSeconds(19));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(Duration.ofMillis(4_999));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPING);
        daemon.time.advance(Duration.ofMillis(1));
        TestDaemon.get(stop);
        assertThat(daemon.events.texts()).endsWith("StopTimedOut a", "Stopped a");
    }

    @Test
    void theTimeThatAnApplicationTakesWithoutLeaveIsTheSubsystemsLoss() throws Exception {
        daemon.add("a").run(context -> new CountDownLatch(1).await());
        daemon.started();
        daemon.engine().shutdown();
        daemon.time.advance(Duration.ofSeconds(3));
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(Duration.ofSeconds(2));
        TestDaemon.get(stop);
        assertThat(daemon.events.texts()).endsWith("StopTimedOut a", "Stopped a");
    }

    @Test
    void timeoutsThatChangeHoldFromTheNextShutdownOn() throws Exception {
        daemon.add("a").run(context -> new CountDownLatch(1).await());
        daemon.started();
        coordinator().timeouts(new ShutdownTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
        daemon.engine().shutdown();
        coordinator().timeouts(ShutdownTimeouts.DEFAULT);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(Duration.ofSeconds(1));
        TestDaemon.get(stop);
        assertThat(daemon.events.texts()).endsWith("StopTimedOut a", "Stopped a");
    }

    @Test
    void timeoutsThatChangeDoNotCutTheWaitForAShutdownShort() throws Exception {
        daemon.add("a").run(context -> new CountDownLatch(1).await());
        daemon.started();
        daemon.engine().shutdown();
        coordinator().timeouts(new ShutdownTimeouts(Duration.ofNanos(1), Duration.ofNanos(2), Duration.ofNanos(3)));
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            over.complete(coordinator().await(Duration.ZERO));
        });
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING && !over.isDone()) {
            Thread.onSpinWait();
        }
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(ShutdownTimeouts.DEFAULT.graceful());
        TestDaemon.get(stop);
        assertThat(TestDaemon.get(over)).isTrue();
    }

    @Test
    void aSecondSignalEndsTheGracefulTime() throws Exception {
        daemon.add("a").run(context -> new CountDownLatch(1).await());
        daemon.started();
        coordinator().signalled(TERM, 143);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(MORE_THAN_A_SECOND);
        coordinator().signalled(new ShutdownReason.Signal(2, "INT"), 130);
        TestDaemon.get(stop);
        assertThat(daemon.events.texts()).endsWith("StopTimedOut a", "Stopped a");
        assertThat(coordinator().exitCode()).hasValue(143);
    }

    /** The process group and a wrapper may both send it, some with one of their own after it. */
    @Test
    void whatComesWithinASecondIsTheSameOrder() throws Exception {
        daemon.process.canHalt = true;
        daemon.listeners.add(new EventLog());
        daemon.add("a").run(context -> new CountDownLatch(1).await());
        daemon.started();
        coordinator().signalled(TERM, 143);
        coordinator().signalled(TERM, 143);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(Duration.ofMillis(50));
        coordinator().signalled(new ShutdownReason.Signal(2, "INT"), 130);
        daemon.time.advance(Duration.ofMillis(950));
        coordinator().signalled(TERM, 143);
        daemon.time.advance(Duration.ofMillis(1));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPING);
        assertThat(daemon.events.texts()).doesNotContain("StopTimedOut a");
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            coordinator().signalled(TERM, 143);
            TestDaemon.get(stop);
            assertThat(log.lines()).contains("WARN test got the signal TERM once more, 1.001s after its shutdown began: the"
                    + " graceful time is over, what still runs is interrupted");
        }
        coordinator().signalled(TERM, 143);
        daemon.time.advance(Duration.ZERO);
        assertThat(daemon.process.halted).as("the same as the second").isNotDone();
        assertThat(words.next()).startsWith("began");
        assertThat(words.next()).isEqualTo("ended UNCLEAN in 1.001s: signal TERM (exit code 143); 1 forced");
        ShutdownReport report = words.report();
        assertThat(report.escalations()).extracting(ShutdownReport.Escalation::signal).containsExactly(TERM);
        assertThat(Duration.between(report.began(), report.escalations().get(0).at())).isEqualTo(Duration.ofMillis(1001));
        assertThat(ReportText.of(report).lines()).last().isEqualTo(
                "  the signal TERM came again 1.001s after it began and ended the graceful time");
    }

    @Test
    void aSecondSignalNeedNotWaitForTheApplication() throws Exception {
        daemon.add("a").run(context -> new CountDownLatch(1).await());
        CountDownLatch inside = new CountDownLatch(1);
        daemon.add("b", "a").run(context -> {
            inside.countDown();
            new CountDownLatch(1).await();
        });
        daemon.started();
        inside.await();
        coordinator().signalled(TERM, 143);
        daemon.time.advance(MORE_THAN_A_SECOND);
        coordinator().signalled(TERM, 143);
        daemon.events.await("Stopped a");
        assertThat(daemon.events.texts()).containsSubsequence("StopTimedOut b", "StopTimedOut a");
    }

    @Test
    void whatIsAbandonedAfterASecondSignalComesSooner() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        coordinator().signalled(TERM, 143);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(Duration.ofSeconds(2));
        coordinator().signalled(TERM, 143);
        daemon.events.await("StopTimedOut a");
        assertThat(words.next()).startsWith("began");
        daemon.time.advance(Duration.ofMillis(2_500));
        assertThat(words.next()).as("half of the time that was left").isEqualTo("delayed PT4.5S");
        daemon.time.advance(Duration.ofMillis(2_499));
        assertThat(stop).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        TestDaemon.get(stop);
        release.countDown();
        assertThat(words.next()).isEqualTo("ended UNCLEAN in 7s: signal TERM (exit code 143); 1 abandoned");
    }

    @Test
    void aShutdownDuringTheStartCancelsIt() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        daemon.add("a").onStart(context -> {
            starting.countDown();
            new CountDownLatch(1).await();
        });
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        starting.await();
        coordinator().signalled(TERM, 143);
        assertThatThrownBy(() -> TestDaemon.get(start)).isInstanceOf(DaemonStateException.class)
                .hasMessage("PD-8001: the daemon does not start because it is shutting down: signal TERM");
        assertThat(words.next()).startsWith("began");
        assertThat(words.next()).isEqualTo("ended CLEAN in 0s: signal TERM (exit code 143), before it had started; 1 stopped");
    }

    @Test
    void aShutdownDuringABackOffWaitsForNothing() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            go.await();
            throw new IllegalStateException("broken");
        }).restart(restart -> restart.withPolicy(RestartPolicy.ALWAYS));
        daemon.started();
        go.countDown();
        daemon.events.await("Restarting a");
        daemon.stop();
        assertThat(words.next()).startsWith("began");
        assertThat(words.next()).isEqualTo("ended CLEAN in 0s: requested by the test");
        assertThat(words.report().entries()).singleElement().hasToString(
                "Entry[subsystem=a, was=RESTARTING, ended=NONE, took=PT0S, why=IllegalStateException: broken]");
    }

    @Test
    void aStartThatFailsIsACauseToo() throws Exception {
        daemon.add("a");
        daemon.add("b", "a").onStart(context -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> daemon.engine().start()).hasMessageContaining("'b' failed: IllegalStateException: broken");
        assertThat(words.next()).startsWith("began: SubsystemFailed[subsystem=b, ").endsWith("] 1");
        assertThat(words.next()).isEqualTo("ended FAILED in 0s: 'b' failed (exit code 1), before it had started; 1 stopped");
        assertThat(daemon.process.exit).isNotDone();
    }
}

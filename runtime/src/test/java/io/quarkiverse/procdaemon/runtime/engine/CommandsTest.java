package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemNotFoundException;
import io.quarkiverse.procdaemon.SubsystemState;

@Timeout(60)
class CommandsTest {

    private final TestDaemon daemon = new TestDaemon();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);

    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn).onStart(context -> {
            calls.add("start " + name + "#" + context.generation());
        }).run(ShutdownHandle::await).onStop(context -> {
            calls.add("stop " + name + "#" + context.generation() + " " + context.reason().orElseThrow());
        });
    }

    @Test
    void stopTakesTheDependentsDownFirstAndStartBringsThemBack() {
        add("a");
        add("b", "a");
        add("c");
        daemon.started();
        calls.clear();

        TestDaemon.get(daemon.engine().stop("a"));
        assertThat(calls).containsExactly("stop b#1 DependencyLost[subsystem=a]", "stop a#1 Stop[]");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.WAITING);
        assertThat(daemon.info("b").waitingFor()).containsExactly("a");
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.RUNNING);
        calls.clear();

        TestDaemon.get(daemon.engine().stop("a"));
        assertThat(calls).as("stopping what is stopped").isEmpty();

        TestDaemon.get(daemon.engine().start("a"));
        TestDaemon.get(daemon.engine().start("b"));
        assertThat(calls).containsExactly("start a#2", "start b#2");
        TestDaemon.get(daemon.engine().start("b"));
        assertThat(daemon.info("b").generation()).as("starting what is RUNNING").isEqualTo(2);
        daemon.stop();
    }

    @Test
    void restartGivesAllAboveANewGeneration() {
        add("a");
        add("b", "a");
        daemon.started();
        calls.clear();
        TestDaemon.get(daemon.engine().restart("a"));
        TestDaemon.get(daemon.engine().start("b"));
        assertThat(calls).containsExactly("stop b#1 DependencyLost[subsystem=a]", "stop a#1 Restart[]", "start a#2",
                "start b#2");
        daemon.stop();
    }

    @Test
    void theStartDoesNotWaitForWhatRunsAlready() {
        add("a");
        add("b", "a");
        TestDaemon.get(daemon.engine().start("a"));
        daemon.started();
        assertThat(calls).containsExactly("start a#1", "start b#1");
        daemon.stop();
    }

    @Test
    void restartStartsWhatWasStopped() {
        add("a");
        daemon.started();
        TestDaemon.get(daemon.engine().stop("a"));
        TestDaemon.get(daemon.engine().restart("a"));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    @Test
    void whatWaitsForAStoppedOneSaysSo() {
        add("a");
        add("b", "a");
        add("c", "b");
        daemon.started();
        TestDaemon.get(daemon.engine().stop("a"));
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("c")))
                .isInstanceOfSatisfying(SubsystemException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.DEPENDENCY_UNAVAILABLE))
                .hasMessage("PD-4005: subsystem 'c' waits for 'a', which is STOPPED; it starts when 'a' is started");
        daemon.stop();
    }

    @Test
    void aStoppedSubsystemStaysStoppedWhileItsDependencyRestarts() {
        add("a");
        add("b", "a");
        daemon.started();
        TestDaemon.get(daemon.engine().stop("b"));
        TestDaemon.get(daemon.engine().restart("a"));
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.STOPPED);
        daemon.stop();
    }

    @Test
    void aStartThatFailsFailsThePromise() {
        AtomicInteger attempts = new AtomicInteger();
        add("a").onStart(context -> {
            if (attempts.incrementAndGet() == 2) {
                throw new IllegalStateException("second time unlucky");
            }
        }).critical(false);
        daemon.started();
        TestDaemon.get(daemon.engine().start("a"));
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().restart("a")))
                .hasMessage("PD-4002: subsystem 'a' failed to start: IllegalStateException: second time unlucky");
        TestDaemon.get(daemon.engine().start("a"));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.info("a").generation()).isEqualTo(3);
        daemon.stop();
    }

    @Test
    void aCleanUpThatThrowsFailsThePromise() {
        add("a").onStop(context -> {
            throw new IllegalStateException("stuck lid");
        }).critical(false);
        daemon.started();
        TestDaemon.get(daemon.engine().start("a"));
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().stop("a")))
                .hasMessage("PD-4004: the clean-up of subsystem 'a' failed: IllegalStateException: stuck lid");
        daemon.stop();
    }

    @Test
    void aStopOvertakesAStart() {
        add("a");
        add("gate").onStart(context -> {
            if (context.generation() == 2) {
                context.await();
            }
        });
        daemon.started();
        TestDaemon.get(daemon.engine().stop("gate"));
        CompletionStage<Void> start = daemon.engine().start("gate");
        CompletionStage<Void> stop = daemon.engine().stop("gate");
        TestDaemon.get(stop);
        assertThatThrownBy(() -> TestDaemon.get(start))
                .hasMessage("PD-4006: subsystem 'gate' was stopped before it was RUNNING");
        daemon.stop();
    }

    @Test
    void whatIsAbandonedCannotRunTwice() throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        add("a").run(context -> {
            if (context.generation() == 1) {
                TestDaemon.ignoringInterrupts(release);
                ended.complete(null);
            } else {
                context.await();
            }
        }).critical(false);
        daemon.started();
        TestDaemon.get(daemon.engine().start("a"));
        CompletionStage<Void> stop = daemon.engine().stop("a");
        daemon.time.awaitScheduled(1);
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.time.awaitScheduled(1);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPING);
        daemon.time.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> TestDaemon.get(stop)).hasMessageStartingWith(
                "PD-7002: subsystem 'a#1' did not end though it was interrupted, and was abandoned in its body");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);

        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("a"))).hasMessage(
                "PD-7002: subsystem 'a#1' was abandoned and still runs, so it cannot be started again; restart the process");
        release.countDown();
        TestDaemon.get(ended);
        startUntilAccepted();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.info("a").generation()).isEqualTo(2);
        daemon.stop();
    }

    @Test
    void theStartDoesNotRunWhatIsAbandonedTwice() throws Exception {
        add("a").run(context -> TestDaemon.ignoringInterrupts(release)).critical(false)
                .restart(restart -> restart.withShutdownWhenExhausted(false));
        add("b", "a");
        TestDaemon.get(daemon.engine().start("a"));
        CompletionStage<Void> stop = daemon.engine().stop("a");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> TestDaemon.get(stop)).hasMessageStartingWith("PD-7002");
        assertThatThrownBy(daemon::started).hasMessageStartingWith("PD-4002: the daemon does not start because subsystem 'a', "
                + "on which the critical subsystem 'b' depends, failed: PD-7002");
        assertThat(daemon.info("a").generation()).isEqualTo(1);
        release.countDown();
    }

    private void startUntilAccepted() {
        // The old body has returned, but its report may still be on its way.
        for (int i = 0; i < 10_000; i++) {
            try {
                TestDaemon.get(daemon.engine().start("a"));
                return;
            } catch (SubsystemException stillRuns) {
                Thread.yield();
            }
        }
        throw new AssertionError("never accepted");
    }

    @Test
    void unknownNamesListTheKnownOnes() {
        add("a");
        add("b");
        assertThatThrownBy(() -> daemon.engine().stop("c")).isInstanceOf(SubsystemNotFoundException.class)
                .hasMessage("PD-4001: there is no subsystem 'c'; known subsystems: a, b");
        assertThat(daemon.engine().subsystem("c")).isEmpty();
    }

    @Test
    void nothingStartsDuringAShutdown() {
        add("a").onStop(context -> release.await());
        add("b");
        daemon.started();
        TestDaemon.get(daemon.engine().stop("b"));
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("b")))
                .hasMessage("PD-4006: subsystem 'b' is not started because the daemon is shutting down");
        release.countDown();
        TestDaemon.get(stop);
        TestDaemon.get(daemon.engine().stop("b"));
    }

    @Test
    void whatIsChainedToAPromiseMayBlockWithoutHarm() {
        CountDownLatch chainedTo = new CountDownLatch(1);
        add("a").onStop(context -> chainedTo.await());
        add("b");
        daemon.started();
        CompletableFuture<Void> chained = daemon.engine().stop("a").thenRun(() -> TestDaemon.ignoringInterrupts(release))
                .toCompletableFuture();
        chainedTo.countDown();
        daemon.events.await("Stopped a");
        TestDaemon.get(daemon.engine().stop("b"));
        assertThat(chained).isNotDone();
        release.countDown();
        TestDaemon.get(chained);
        daemon.stop();
    }

    @Test
    void aRefusalDoesNotRunWhatIsChainedToItOnTheEventLoop() throws Exception {
        add("a");
        add("b", "a");
        daemon.started();
        assertThat(refusedOutsideTheEventLoop(() -> daemon.engine().unregister("a")))
                .hasMessage(
                        "PD-4008: subsystem 'a' cannot be unregistered because others depend on it: b; unregister those first");
        TestDaemon.get(daemon.engine().stop("b"));
        assertThat(refusedOutsideTheEventLoop(() -> {
            daemon.engine().unregister("b");
            return daemon.engine().start("b");
        })).hasMessage("PD-4006: subsystem 'b' has been unregistered meanwhile");
        daemon.stop();
    }

    /** What the command fails with that is given while another thread handles messages and is answered by that one. */
    private Throwable refusedOutsideTheEventLoop(Supplier<CompletionStage<Void>> command) throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch chained = new CountDownLatch(1);
        Thread handler = new Thread(() -> daemon.post(() -> {
            handling.countDown();
            TestDaemon.ignoringInterrupts(chained);
        }));
        handler.start();
        assertThat(handling.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Thread> ranOn = new CompletableFuture<>();
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        command.get().whenComplete((nothing, failure) -> {
            ranOn.complete(Thread.currentThread());
            refusal.complete(failure.getCause());
        });
        chained.countDown();
        assertThat(TestDaemon.get(ranOn)).isNotSameAs(handler);
        handler.join(20_000);
        return TestDaemon.get(refusal);
    }

    @Test
    void theFirstShutdownFixesTheExitCode() {
        add("a");
        daemon.started();
        daemon.engine().shutdown(3);
        daemon.engine().shutdown();
        assertThat(TestDaemon.get(daemon.exit)).isEqualTo(3);
        assertThat(daemon.engine().shutdownCoordinator().exitCode()).hasValue(3);
        daemon.engine().stop(new ShutdownReason.Signal(15, "TERM"));
        assertThat(calls).last().isEqualTo("stop a#1 Requested[by=Daemon.shutdown(3)]");
        assertThatThrownBy(() -> daemon.engine().shutdown(256)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no process can have the exit code 256; use 0 to 255");
    }

    @Test
    void drainCanBeUndone() {
        add("a");
        daemon.started();
        daemon.engine().drain();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.DRAINING);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.engine().resume();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.RUNNING);
        daemon.engine().drain();
        daemon.stop();
        daemon.engine().resume();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
    }

    @Test
    void aStopIsDoneWhenItIsDownEvenIfItComesBackAtOnce() {
        daemon.add("a").run(ShutdownHandle::await);
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("b", "a").run(context -> release.await());
        daemon.started();
        CompletionStage<Void> stopped = daemon.engine().stop("a");
        CompletionStage<Void> started = daemon.engine().start("a");
        release.countDown();
        TestDaemon.get(stopped);
        TestDaemon.get(started);
        assertThat(daemon.info("a").generation()).isEqualTo(2);
        daemon.stop();
    }
}

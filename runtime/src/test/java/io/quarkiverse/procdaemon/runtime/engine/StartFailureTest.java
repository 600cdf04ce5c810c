package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

@Timeout(60)
class StartFailureTest {

    private final TestDaemon daemon = new TestDaemon();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();

    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn).onStart(context -> {
            calls.add("start " + name);
        }).run(ShutdownHandle::await).onStop(context -> {
            calls.add("stop " + name);
        });
    }

    @Test
    void aStartThatThrowsIsRolledBack() {
        add("a");
        add("b", "a").onStart(context -> {
            throw new IOException("port 7070 is taken");
        });
        add("c", "b");
        IOException[] cause = new IOException[1];

        assertThatThrownBy(() -> daemon.engine().start())
                .isInstanceOfSatisfying(SubsystemException.class, error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.START_FAILED);
                    assertThat(error.subsystem()).isEqualTo("b");
                    cause[0] = (IOException) error.getCause();
                })
                .hasMessage("PD-4002: the daemon does not start because subsystem 'b' failed: IOException: port 7070 is taken");

        assertThat(calls).containsExactly("start a", "stop b", "stop a");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
        assertThat(daemon.engine().hasStarted()).isFalse();
        Failure failure = daemon.info("b").lastFailure().orElseThrow();
        assertThat(failure.type()).isEqualTo(IOException.class.getName());
        assertThat(failure.message()).isEqualTo(cause[0].getMessage());
        assertThat(failure.phase()).isEqualTo(SubsystemEvent.Phase.START);
        assertThat(daemon.time.scheduled()).isZero();
        daemon.events.awaitEnd();
        assertThat(daemon.events.texts()).containsSubsequence("Starting b", "Failed b", "GaveUp b");
    }

    @Test
    void aStartThatHangsIsInterruptedAfterItsTimeout() throws Exception {
        add("a");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        add("b", "a").onStart(context -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
                throw expected;
            }
        }).settings(settings -> settings.withStartTimeout(Duration.ofSeconds(3)));
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        daemon.events.await("Starting b");
        daemon.time.awaitScheduled(1);
        begun.await();

        daemon.time.advance(Duration.ofMillis(2_999));
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.STARTING);
        daemon.time.advance(Duration.ofMillis(1));

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> TestDaemon.get(start)).isInstanceOf(SubsystemException.class)
                .hasMessage("PD-4002: the daemon does not start because subsystem 'b' failed: PD-7001: subsystem 'b' has not "
                        + "started within 3s and was interrupted; raise subsystem.start-timeout if it needs longer;"
                        + " the stack shows where it was");
        assertThat(calls).containsExactly("start a", "stop b", "stop a");
        assertThat(daemon.time.scheduled()).isZero();
    }

    @Test
    void aStartThatIgnoresItsInterruptIsAbandonedAndTheRestStops() throws Exception {
        add("a");
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch starting = new CountDownLatch(1);
        add("b", "a").onStart(context -> {
            starting.countDown();
            TestDaemon.ignoringInterrupts(release);
        })
                .settings(settings -> settings.withStartTimeout(Duration.ofSeconds(3)));
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        assertThat(starting.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.awaitScheduled(1);

        daemon.time.advance(Duration.ofSeconds(3));
        daemon.events.await("Failed b");
        daemon.time.awaitScheduled(1);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.time.awaitScheduled(1);
        daemon.time.advance(Duration.ofSeconds(5));

        assertThatThrownBy(() -> TestDaemon.get(start)).hasMessageContaining("subsystem 'b' failed");
        assertThat(calls).containsExactly("start a", "stop a");
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        Failure stuck = daemon.info("b").lastFailure().orElseThrow();
        assertThat(stuck.message())
                .isEqualTo("PD-7002: subsystem 'b#1' did not end though it was interrupted, and was abandoned in its "
                        + "start; the stack shows where it hangs");
        assertThat(stuck.stack()).contains(getClass().getName() + ".");
        release.countDown();
    }

    @Test
    void aStartThatIsInterruptedByItselfIsAFailure() {
        add("a").onStart(context -> {
            throw new InterruptedException("by a library");
        });
        assertThatThrownBy(() -> daemon.engine().start())
                .hasMessage(
                        "PD-4002: the daemon does not start because subsystem 'a' failed: InterruptedException: by a library");
        assertThat(calls).containsExactly("stop a");
    }

    @Test
    void anInterruptOfTheStartingThreadRollsBackAndStaysSet() throws Exception {
        add("a");
        add("b", "a").onStart(ShutdownHandle::await);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread starter = new Thread(() -> {
            try {
                daemon.engine().start();
            } catch (Throwable failure) {
                thrown.complete(failure);
            }
            flag.complete(Thread.currentThread().isInterrupted());
        });
        starter.start();
        daemon.events.await("Starting b");
        starter.interrupt();

        assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(SubsystemException.class).hasMessage(
                "PD-4002: the daemon does not start because the start was interrupted while subsystem 'b' was starting");
        assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(calls).containsExactly("start a", "stop b", "stop a");
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
    }

    @Test
    void aShutdownCancelsTheStartAtOnce() throws Exception {
        add("a");
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        add("b", "a").onStart(context -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                told.complete(context.isShutdown());
            }
        });
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        daemon.events.await("Starting b");
        daemon.stop();

        assertThat(told.get(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> TestDaemon.get(start)).isInstanceOf(DaemonStateException.class).hasMessage(
                "PD-8001: the daemon does not start because it is shutting down: requested by the test");
        assertThat(calls).containsExactly("start a", "stop b", "stop a");
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.STOPPED);
    }

    @Test
    void aShutdownBeforeTheStartKeepsEverythingDown() {
        add("a");
        daemon.stop();
        assertThatThrownBy(() -> daemon.engine().start()).isInstanceOf(DaemonStateException.class);
        assertThat(calls).isEmpty();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
    }

    @Test
    void aNonCriticalSubsystemMayFail() {
        add("a").onStart(context -> {
            throw new IOException("no");
        }).critical(false);
        add("b");
        add("c", "a").critical(false);
        daemon.started();

        daemon.events.await("GaveUp a");
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.RUNNING);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.WAITING);
        assertThat(daemon.info("c").waitingFor()).containsExactly("a");
        daemon.stop();
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.STOPPED);
    }

    @Test
    void aCriticalSubsystemAboveAFailedOneIsFatal() {
        add("a").onStart(context -> {
            throw new IOException("no");
        }).critical(false);
        add("b", "a").critical(false);
        add("c", "b");
        assertThatThrownBy(() -> daemon.engine().start())
                .hasMessage("PD-4002: the daemon does not start because subsystem 'a', on "
                        + "which the critical subsystem 'c' depends, failed: IOException: no");
    }

    @Test
    void aCriticalSubsystemAboveOneThatReturnedIsFatalBecauseItWouldWaitForEver() {
        CountDownLatch held = new CountDownLatch(1);
        add("a").run(context -> {
        });
        add("slow").onStart(context -> held.await());
        add("b", "a", "slow");
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        assertThatThrownBy(() -> TestDaemon.get(start))
                .hasMessage("PD-4002: the daemon does not start because subsystem 'a', on "
                        + "which the critical subsystem 'b' depends, was stopped before that had started");
    }

    @Test
    void anAsynchronousStartIsRunningWhenItsStageCompletes() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        daemon.add("a").onStartAsync(context -> stage);
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        daemon.events.await("Starting a");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STARTING);
        stage.complete(null);
        TestDaemon.get(start);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    @Test
    void aStartThatHangsSaysWhere() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        daemon.add("a").onStart(context -> {
            begun.countDown();
            new CountDownLatch(1).await();
        });
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        daemon.time.awaitScheduled(1);
        begun.await();
        daemon.time.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> TestDaemon.get(start))
                .hasMessageContaining("PD-7001: subsystem 'a' has not started within 30s and was"
                        + " interrupted; raise subsystem.start-timeout if it needs longer; the stack shows where it was")
                .hasStackTraceContaining("StartFailureTest.lambda$aStartThatHangsSaysWhere$");
    }

    @Test
    void aTimedOutAsynchronousStartIsCancelled() throws Exception {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        daemon.add("a").onStartAsync(context -> stage);
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        daemon.time.awaitScheduled(1);
        daemon.events.await("Starting a");
        daemon.time.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> TestDaemon.get(start)).hasMessageContaining("has not started within 30s");
        assertThat(stage).isCancelled();
    }

    @Test
    void aStageReturnedOnlyAfterTheInterruptIsCancelledToo() throws Exception {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        CountDownLatch never = new CountDownLatch(1);
        daemon.add("a").onStartAsync(context -> {
            try {
                never.await();
            } catch (InterruptedException timedOut) {
                // Code that goes on after its interrupt.
            }
            return stage;
        });
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        daemon.time.awaitScheduled(1);
        daemon.events.await("Starting a");
        daemon.time.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> TestDaemon.get(start)).hasMessageContaining("has not started within 30s");
        assertThat(stage).isCancelled();
    }

    @Test
    void everyProblemOfTheGraphIsNamed() {
        add("a", "b");
        add("b", "a", "ghost");
        assertThatThrownBy(() -> daemon.engine()).hasMessage("PD-1001: the graph of the subsystems has 2 problems:\n"
                + "  - subsystem 'b' depends on 'ghost', which does not exist; known subsystems: a, b\n"
                + "  - the dependencies form a cycle: a -> b -> a; remove one of these dependencies");
    }
}

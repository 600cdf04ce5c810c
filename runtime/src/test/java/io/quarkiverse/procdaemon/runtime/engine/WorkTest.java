package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.Work;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.RestartBudget;
import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;

/** Work in flight is waited for. */
@Timeout(60)
class WorkTest {

    private final TestDaemon daemon = new TestDaemon();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<SubsystemContext> context = new CompletableFuture<>();
    private final CompletableFuture<Thread> body = new CompletableFuture<>();

    private TestDaemon.Part add() {
        return daemon.add("a").run(run -> {
            body.complete(Thread.currentThread());
            context.complete(run);
            run.await();
        }).onStop(run -> calls.add("stop"));
    }

    @Test
    void theCleanUpWaitsForWorkAndIsCounted() {
        add();
        daemon.started();
        Work first = TestDaemon.get(context).begin();
        Work second = TestDaemon.get(context).begin();
        assertThat(daemon.info("a").inFlight()).isEqualTo(2);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        first.close();
        first.close();
        assertThat(daemon.info("a").inFlight()).isEqualTo(1);
        Work late = TestDaemon.get(context).begin();
        second.close();
        assertThat(calls).as("what is queued may be finished").isEmpty();
        assertThat(stop).isNotDone();
        late.close();
        TestDaemon.get(stop);
        assertThat(calls).containsExactly("stop");
        assertThat(daemon.info("a").inFlight()).isZero();
    }

    @Test
    void noWorkBeginsBesideTheCleanUp() {
        add().onStop(run -> {
            try {
                run.begin();
            } catch (DaemonStateException refused) {
                calls.add(refused.getMessage());
            }
        });
        daemon.started();
        daemon.stop();
        assertThat(calls).containsExactly("PD-8001: no work can begin in subsystem 'a#1' because that run is being cleaned up "
                + "or has ended; check isShutdown() before begin()");
    }

    @Test
    void workThatDoesNotEndIsAbandonedLikeABody() throws Exception {
        add();
        daemon.started();
        Work work = TestDaemon.get(context).begin();
        CompletableFuture<Void> stop = TestDaemon.get(CompletableFuture.completedFuture(
                daemon.engine().stop("a").toCompletableFuture()));
        daemon.events.await("Stopping a");
        TestDaemon.get(body).join(20_000);
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.events.await("StopTimedOut a");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> TestDaemon.get(stop)).hasMessage("PD-7002: subsystem 'a#1' did not end though it was "
                + "interrupted, and was abandoned in its work in flight (1)");
        assertThat(calls).isEmpty();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        work.close();
        TestDaemon.get(daemon.engine().start("a"));
        daemon.stop();
    }

    /** The loop is kept from seeing the failure until the end. */
    @Test
    void aRunThatHasFailedTakesNoMoreErrands() throws Exception {
        add().restart(restart -> restart);
        daemon.started();
        WorkInFlight first = daemon.engine().beginErrand("a").orElseThrow();
        WorkInFlight second = daemon.engine().beginErrand("a").orElseThrow();
        assertThat(second.hasRunFailed()).isFalse();
        CountDownLatch go = new CountDownLatch(1);
        daemon.engine().loop().post((Message.Step) () -> Uninterrupted.await(() -> {
            go.await();
            return true;
        }));
        first.fail(new IOException("job failed"));
        assertThat(second.hasRunFailed()).isTrue();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.engine().beginErrand("a")).isEmpty();
        second.close();
        go.countDown();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);
        assertThat(daemon.engine().beginErrand("a").orElseThrow().hasRunFailed()).isFalse();
    }

    private static final class Beyond extends RuntimeException implements RestartBudget.Irreparable {
        private static final long serialVersionUID = 1L;

        Beyond() {
            super("no more input");
        }
    }

    @Test
    void whatNoRestartCanRepairFailsForGood() throws Exception {
        add().restart(restart -> restart.withPolicy(RestartPolicy.ALWAYS)).critical(false);
        daemon.started();
        daemon.engine().beginErrand("a").orElseThrow().fail(new Beyond());
        daemon.events.await("GaveUp a");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.failure("a")).isEqualTo("Beyond: no more input");
        assertThat(daemon.info("a").restarts()).isZero();
        TestDaemon.get(daemon.engine().start("a"));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    @Test
    void anErrandThatFailsIsAFailureOfTheRun() throws Exception {
        add().restart(restart -> restart);
        daemon.started();
        WorkInFlight errand = daemon.engine().beginErrand("a").orElseThrow();
        assertThat(daemon.info("a").inFlight()).isEqualTo(1);
        errand.fail(new IOException("job failed"));
        errand.fail(new IOException("twice"));
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        assertThat(daemon.info("a").failures()).isEqualTo(1);
        assertThat(daemon.failure("a")).isEqualTo("IOException: job failed");
        assertThat(daemon.engine().beginErrand("a")).as("while RESTARTING").isEmpty();
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);

        WorkInFlight late = daemon.engine().beginErrand("a").orElseThrow();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a", 1);
        late.fail(new IOException("too late"));
        TestDaemon.get(stop);
        assertThat(daemon.info("a").failures()).isEqualTo(2);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
    }

    @Test
    void noWorkOfOthersBeginsWhileARunStarts() {
        daemon.add("a").onStart(run -> calls.add(run.generation() + " " + daemon.engine().beginErrand("a").isPresent()));
        daemon.started();
        TestDaemon.get(daemon.engine().restart("a"));
        daemon.stop();
        assertThat(calls).containsExactly("1 false", "2 false");
    }

    @Test
    void anActionThatHangsIsInterruptedWithTheRun() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        daemon.add("a").run(run -> {
            run.onShutdown(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException interrupted) {
                    ended.complete("interrupted");
                }
            });
            context.complete(run);
            run.await();
        });
        daemon.started();
        TestDaemon.get(context);
        CompletableFuture<Void> stop = daemon.engine().stop("a").toCompletableFuture();
        daemon.events.await("Stopping a");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        assertThat(ended).isNotDone();
        daemon.time.advance(Duration.ofSeconds(5));
        assertThat(TestDaemon.get(ended)).isEqualTo("interrupted");
        TestDaemon.get(stop);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
    }

    @Test
    void noErrandBeginsWhileDrainingOrStopping() {
        add();
        daemon.started();
        daemon.engine().drain();
        assertThat(daemon.engine().beginErrand("a")).isEmpty();
        daemon.engine().resume();
        daemon.engine().beginErrand("a").orElseThrow().close();
        daemon.stop();
        assertThat(daemon.engine().beginErrand("a")).isEmpty();
    }
}

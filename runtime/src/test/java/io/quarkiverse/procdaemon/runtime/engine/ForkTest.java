package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.Work;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;

/** Tasks that a run has forked live and end with it. */
@Timeout(60)
class ForkTest {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final TestDaemon daemon = new TestDaemon();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<SubsystemContext> context = new CompletableFuture<>();
    private final CompletableFuture<Thread> child = new CompletableFuture<>();
    private final CountDownLatch release = new CountDownLatch(1);

    private TestDaemon.Part add() {
        return daemon.add("a").run(run -> {
            context.complete(run);
            run.await();
        }).onStop(run -> calls.add("stop"));
    }

    /** A task that ends when it is released, whatever happens. */
    private void holdOut() {
        child.complete(Thread.currentThread());
        TestDaemon.ignoringInterrupts(release);
    }

    private SubsystemContext started() {
        daemon.started();
        return TestDaemon.get(context);
    }

    @ParameterizedTest
    @EnumSource(value = ThreadKind.class, names = { "AUTO", "PLATFORM" })
    void itHasAThreadOfTheKindOfTheOthersNamedAfterBoth(ThreadKind kind) {
        add().settings(settings -> settings.withThread(kind));
        started().fork("consumer 1", this::holdOut);
        Thread thread = TestDaemon.get(child);
        assertThat(thread.getName()).isEqualTo("a-consumer 1");
        assertThat(thread.toString().startsWith("VirtualThread["))
                .isEqualTo(kind == ThreadKind.AUTO && SystemThreads.hasVirtual());
        assertThat(thread.isDaemon()).isTrue();
        release.countDown();
        daemon.stop();
    }

    @Test
    void itsHandleIsThatOfTheRun() {
        CompletableFuture<Boolean> waited = new CompletableFuture<>();
        add();
        SubsystemContext run = started();
        run.fork("x", () -> waited.complete(run.await(Duration.ofHours(1))));
        daemon.stop();
        assertThat(waited).isCompletedWithValue(true);
    }

    @Test
    void theCleanUpWaitsForIt() {
        add();
        started().fork("x", this::holdOut);
        TestDaemon.get(child);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(STOP_TIMEOUT.minusMillis(1));
        assertThat(calls).isEmpty();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPING);
        release.countDown();
        TestDaemon.get(stop);
        assertThat(calls).containsExactly("stop");
        assertThat(daemon.events.texts()).doesNotContain("StopTimedOut a");
    }

    @Test
    void itIsInterruptedWhenTheStopIsForced() throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        add();
        SubsystemContext run = started();
        run.fork("x", () -> {
            child.complete(Thread.currentThread());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                ended.complete("interrupted, forced: " + run.isForced());
            }
        });
        TestDaemon.get(child);
        CompletableFuture<Void> stop = daemon.engine().stop("a").toCompletableFuture();
        daemon.events.await("Stopping a");
        daemon.time.awaitNextIn(STOP_TIMEOUT);
        assertThat(ended).isNotDone();
        daemon.time.advance(STOP_TIMEOUT);
        assertThat(TestDaemon.get(ended)).isEqualTo("interrupted, forced: true");
        TestDaemon.get(stop);
        assertThat(calls).containsExactly("stop");
        daemon.stop();
    }

    /** The start is cancelled; what it has forked is to end by itself, as it would later. */
    @Test
    void aStartThatIsCancelledIsInterruptedAlone() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        daemon.add("a").onStart(run -> {
            run.fork("x", () -> {
                child.complete(Thread.currentThread());
                run.await();
                cancelled.await();
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            try {
                new CountDownLatch(1).await();
            } finally {
                cancelled.countDown();
            }
        });
        CompletableFuture.runAsync(() -> daemon.engine().start());
        TestDaemon.get(child);
        daemon.stop();
        assertThat(TestDaemon.get(interrupted)).isFalse();
    }

    @Test
    void aRunWhoseBodyHasReturnedEndsWithItsLastTask() throws Exception {
        CompletableFuture<Thread> body = new CompletableFuture<>();
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CountDownLatch releaseFirst = new CountDownLatch(1);
        daemon.add("a").critical(false).run(run -> {
            body.complete(Thread.currentThread());
            context.complete(run);
            run.fork("first", () -> {
                first.complete(Thread.currentThread());
                TestDaemon.ignoringInterrupts(releaseFirst);
            });
            run.fork("last", this::holdOut);
        }).onStop(run -> calls.add("stop"));
        SubsystemContext run = started();
        awaitEnd(TestDaemon.get(body));
        releaseFirst.countDown();
        awaitEnd(TestDaemon.get(first));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(run.isShutdown()).isFalse();
        assertThat(calls).isEmpty();
        release.countDown();
        daemon.events.await("Stopped a");
        assertThat(calls).containsExactly("stop");
        daemon.stop();
    }

    /** The event loop has heard of the end of that thread. */
    private void awaitEnd(Thread thread) throws InterruptedException {
        thread.join(20_000);
        daemon.awaitLoop();
    }

    @Test
    void itIsThenRestartedIfItIsToRunForEver() {
        AtomicInteger runs = new AtomicInteger();
        daemon.add("a").restart(restart -> restart.withPolicy(RestartPolicy.ALWAYS)).run(run -> {
            if (runs.incrementAndGet() == 1) {
                run.fork("x", this::holdOut);
            } else {
                run.await();
            }
        });
        daemon.started();
        TestDaemon.get(child);
        release.countDown();
        daemon.events.await("Restarting a");
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);
        daemon.stop();
    }

    @Test
    void aRunWithoutABodyGoesOnAfterItsLastTask() throws Exception {
        daemon.add("a").onStart(run -> run.fork("x", this::holdOut));
        daemon.started();
        release.countDown();
        awaitEnd(TestDaemon.get(child));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
        assertThat(daemon.events.texts()).endsWith("Started a", "Stopping a", "Stopped a");
    }

    @Test
    void itRunsWhileItsRunStarts() {
        CompletableFuture<SubsystemState> seen = new CompletableFuture<>();
        daemon.add("a").onStart(run -> {
            run.fork("x", () -> seen.complete(daemon.state("a")));
            TestDaemon.get(seen);
        });
        daemon.started();
        assertThat(seen).isCompletedWithValue(SubsystemState.STARTING);
        daemon.stop();
    }

    @Test
    void aTaskMayForkAnother() {
        CompletableFuture<String> name = new CompletableFuture<>();
        add();
        SubsystemContext run = started();
        run.fork("x", () -> run.fork("y", () -> {
            name.complete(Thread.currentThread().getName());
            holdOut();
        }));
        assertThat(TestDaemon.get(name)).isEqualTo("a-y");
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        assertThat(calls).isEmpty();
        release.countDown();
        TestDaemon.get(stop);
        assertThat(calls).containsExactly("stop");
    }

    @Test
    void noneBeginsOnceTheStopHasBegun() {
        add().onStop(run -> {
            try {
                run.fork("late", () -> calls.add("late"));
            } catch (IllegalStateException refused) {
                calls.add(refused.getMessage());
            }
        });
        SubsystemContext run = started();
        String refusal = "no task can begin in subsystem 'a#1' because that run was asked to stop or has ended; check "
                + "isShutdown() before fork()";
        run.fork("x", this::holdOut);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.awaitLoop();
        assertThatIllegalStateException().as("though one has not ended").isThrownBy(() -> run.fork("late", this::holdOut))
                .withMessage(refusal);
        release.countDown();
        TestDaemon.get(stop);
        assertThat(calls).as("in its clean-up").containsExactly(refusal);
        assertThatIllegalStateException().as("over").isThrownBy(() -> run.fork("late", this::holdOut)).withMessage(refusal);
    }

    @Test
    void itTakesANameAndATask() {
        add();
        SubsystemContext run = started();
        assertThatIllegalArgumentException().isThrownBy(() -> run.fork(null, this::holdOut))
                .withMessage("the name of the task is null");
        assertThatIllegalArgumentException().isThrownBy(() -> run.fork(" ", this::holdOut))
                .withMessage("the name of the task is blank");
        assertThatIllegalArgumentException().isThrownBy(() -> run.fork("x", null)).withMessage("the task is null");
        daemon.stop();
        assertThat(child).isNotDone();
    }

    @Test
    void itIsNoWorkInFlight() throws Exception {
        add();
        SubsystemContext run = started();
        run.fork("x", this::holdOut);
        TestDaemon.get(child);
        assertThat(daemon.info("a").inFlight()).isZero();
        Work work = run.begin();
        assertThat(daemon.info("a").inFlight()).isEqualTo(1);
        release.countDown();
        awaitEnd(TestDaemon.get(child));
        assertThat(daemon.info("a").inFlight()).isEqualTo(1);
        work.close();
        daemon.stop();
    }

    @Test
    void thereMayBeTenThousand() {
        int count = SystemThreads.hasVirtual() ? 10_000 : 1_000;
        CountDownLatch begun = new CountDownLatch(count);
        AtomicInteger ended = new AtomicInteger();
        add().onStop(run -> calls.add("stop after " + ended));
        SubsystemContext run = started();
        for (int i = 0; i < count; i++) {
            run.fork("task " + i, () -> {
                begun.countDown();
                run.await();
                ended.incrementAndGet();
            });
        }
        TestDaemon.ignoringInterrupts(begun);
        assertThat(daemon.info("a").inFlight()).isZero();
        daemon.stop();
        assertThat(calls).containsExactly("stop after " + count);
    }

    @Test
    void aBodyThatLetsTheRefusalPassHasNotFailed() {
        daemon.add("a").run(context -> {
            context.await();
            context.fork("late", () -> {
            });
        });
        daemon.started();
        daemon.stop();
        assertThat(daemon.info("a").failures()).isZero();
        assertThat(daemon.engine().lastShutdown().orElseThrow().outcome()).isEqualTo(ShutdownReport.Outcome.CLEAN);
    }
}

package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.StackEnd;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

class ReloadsTest {

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger count = new AtomicInteger();
    private final BlockingQueue<ReloadResult> told = new LinkedBlockingQueue<>();
    private volatile boolean ending;
    private final Reloads reloads = queue(new SystemThreads());

    private Reloads queue(Threads threads) {
        return new Reloads(() -> {
            begun.release();
            assertThat(mayEnd.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            return result(count.incrementAndGet());
        }, told::add, threads, () -> ending);
    }

    private static ReloadResult result(long epoch) {
        return new ReloadResult(Status.UNCHANGED, epoch, Set.of(), Set.of(), List.of());
    }

    @Test
    void whatIsAskedForWhileOneIsUnderWayIsOneMore() throws Exception {
        reloads.open();
        CompletionStage<ReloadResult> first = reloads.request("first");
        awaitBegun();
        List<CompletionStage<ReloadResult>> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(reloads.request("another"));
        }
        mayEnd.release(2);
        assertThat(get(first)).isEqualTo(result(1));
        for (CompletionStage<ReloadResult> other : others) {
            assertThat(get(other)).isEqualTo(result(2));
        }
        assertThat(told).containsExactly(result(1), result(2));
        mayEnd.release();
        assertThat(get(reloads.request("last"))).isEqualTo(result(3));
    }

    @Test
    void aCallerAtTheEndOfItsStackKeepsNobodyFromReloading() throws Exception {
        reloads.open();
        mayEnd.release(Integer.MAX_VALUE / 2);
        List<CompletionStage<ReloadResult>> accepted = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            StackEnd.call(() -> accepted.add(reloads.request("deep down")));
            for (CompletionStage<ReloadResult> one : accepted) {
                get(one);
            }
            accepted.clear();
        }
        get(reloads.request("on firm ground"));
    }

    @Test
    void whoGetsAStageCannotCompleteItForOthers() throws Exception {
        CompletionStage<ReloadResult> mine = reloads.request("mine");
        CompletionStage<ReloadResult> others = reloads.request("others");
        mine.toCompletableFuture().complete(result(99));
        reloads.open();
        mayEnd.release();
        assertThat(get(others)).isEqualTo(result(1));
    }

    @Test
    void beforeTheDaemonRunsItIsKept() throws Exception {
        CompletionStage<ReloadResult> early = reloads.request("early");
        assertThat(begun.availablePermits()).isZero();
        reloads.open();
        mayEnd.release();
        assertThat(get(early)).isEqualTo(result(1));
    }

    @Test
    void whatHasNotBegunAtTheEndIsDropped() throws Exception {
        reloads.open();
        CompletionStage<ReloadResult> underWay = reloads.request("under way");
        awaitBegun();
        CompletionStage<ReloadResult> waiting = reloads.request("waiting");
        reloads.close();
        assertShuttingDown(waiting);
        assertShuttingDown(reloads.request("late"));
        mayEnd.release();
        assertThat(get(underWay)).isEqualTo(result(1));
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(result(1));
    }

    @Test
    void inAShutdownNoneIsTaken() {
        reloads.open();
        ending = true;
        assertShuttingDown(reloads.request("late"));
        assertThat(begun.availablePermits()).isZero();
    }

    @Test
    void oneThatFailsIsNotTheEnd() throws Exception {
        Reloads failing = new Reloads(() -> {
            if (count.incrementAndGet() == 1) {
                throw new IllegalStateException("no luck");
            }
            return result(2);
        }, told::add, new SystemThreads(), () -> false);
        failing.open();
        CompletionStage<ReloadResult> failed = failing.request("failing");
        assertThatThrownBy(() -> get(failed)).hasRootCauseMessage("no luck");
        assertThat(get(failing.request("another"))).isEqualTo(result(2));
    }

    @Test
    void withoutAThreadItFailsAndTheNextOneTriesAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Threads sparse = (kind, name, task) -> {
            if (tries.getAndIncrement() == 0) {
                throw new OutOfMemoryError("no thread");
            }
            return new SystemThreads().start(ThreadKind.PLATFORM, name, task);
        };
        Reloads queue = queue(sparse);
        queue.open();
        CompletionStage<ReloadResult> lost = queue.request("first");
        assertThatThrownBy(() -> get(lost)).hasRootCauseMessage("no thread");
        mayEnd.release();
        assertThat(get(queue.request("second"))).isEqualTo(result(1));
    }

    private void awaitBegun() throws InterruptedException {
        assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void assertShuttingDown(CompletionStage<ReloadResult> stage) {
        assertThatThrownBy(() -> get(stage)).rootCause().isInstanceOf(DaemonStateException.class)
                .hasMessageContaining("the configuration is not reloaded, because the daemon is shutting down");
    }

    private static ReloadResult get(CompletionStage<ReloadResult> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}

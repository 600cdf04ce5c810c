package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.runtime.engine.graph.Probe;

/** The threads on which probes are called. */
@Timeout(120)
class ProbeThreadsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofMillis(100);

    private final TestDaemon daemon = new TestDaemon();
    private final AtomicInteger started = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Semaphore answered = new Semaphore(0);
    private final Semaphore hanging = new Semaphore(0);
    private final CountDownLatch release = new CountDownLatch(1);
    private boolean keepThreads = true;

    @AfterEach
    void release() {
        release.countDown();
    }

    private void started() {
        daemon.linger = keepThreads ? Duration.ofSeconds(60) : Duration.ZERO;
        daemon.threadRefusal = name -> {
            if (name.equals("proc-daemon-probes") || name.endsWith("-health")) {
                started.incrementAndGet();
            }
        };
        daemon.started();
    }

    private void add(String name, Probe probe) {
        daemon.add(name).healthy(probe).critical(false);
    }

    private CompletionStage<Boolean> trivial() {
        threads.add(Thread.currentThread());
        answered.release();
        return CompletableFuture.completedFuture(true);
    }

    private CompletionStage<Boolean> stubborn() {
        hanging.release();
        TestDaemon.ignoringInterrupts(release);
        return CompletableFuture.completedFuture(true);
    }

    /** All are asked. */
    private void round(int probes) throws InterruptedException {
        daemon.time.advance(INTERVAL);
        awaitAnswers(probes);
        assertThat(answered.availablePermits()).isZero();
    }

    /** All have answered and are about to be asked again. */
    private void awaitAnswers(int probes) throws InterruptedException {
        assertThat(answered.tryAcquire(probes, 60, TimeUnit.SECONDS)).as("all have answered").isTrue();
        daemon.time.awaitDueIn(INTERVAL, probes);
    }

    @Test
    void twoThousandProbesShareFourThreads() throws Exception {
        int many = 2_000;
        for (int i = 0; i < many; i++) {
            add("s" + i, this::trivial);
        }
        started();
        for (int round = 0; round < 3; round++) {
            round(many);
        }
        assertThat(threads).hasSizeLessThanOrEqualTo(4);
        assertThat(started).hasValueLessThanOrEqualTo(4);
        daemon.stop();
    }

    @Test
    void aThreadThatHasNothingToDoEnds() throws Exception {
        keepThreads = false;
        add("a", this::trivial);
        started();
        round(1);
        for (Thread thread : threads) {
            thread.join(20_000);
            assertThat(thread.isAlive()).isFalse();
        }
        daemon.stop();
    }

    @Test
    void oneThatHangsDelaysNoOther() throws Exception {
        add("hung", this::stubborn);
        add("b", this::trivial);
        started();
        daemon.time.advance(INTERVAL);
        assertThat(answered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(hanging.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        daemon.stop();
    }

    @Test
    void theyAreMoreAfterATenthOfASecondAndFewAgainWhenTheHungOnesHaveTakenTheirsAlong() throws Exception {
        for (int i = 0; i < 4; i++) {
            add("hung" + i, this::stubborn);
        }
        for (int i = 0; i < 4; i++) {
            add("quick" + i, this::trivial);
        }
        started();
        daemon.time.advance(INTERVAL);
        assertThat(hanging.tryAcquire(4, 20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(LONG.minusNanos(1));
        assertThat(started).hasValue(4);
        assertThat(answered.availablePermits()).isZero();
        daemon.time.advance(Duration.ofNanos(1));
        awaitAnswers(4);
        int more = started.get();
        assertThat(more).isGreaterThan(4).isLessThanOrEqualTo(8);

        daemon.time.advance(TIMEOUT);
        for (int round = 0; round < 3; round++) {
            daemon.time.advance(round == 0 ? INTERVAL.minus(TIMEOUT) : INTERVAL);
            awaitAnswers(4);
        }
        assertThat(started).as("the hung ones are not called again, and the others have threads").hasValueLessThanOrEqualTo(8);
        daemon.stop();
    }

    /** Asked again and again, until a thread that was left in disorder is used once more. */
    private <T> T onAUsedThread(Runnable disorder, Supplier<T> look) throws InterruptedException {
        CompletableFuture<T> seen = new CompletableFuture<>();
        add("a", () -> {
            if (threads.contains(Thread.currentThread())) {
                seen.complete(look.get());
            }
            disorder.run();
            return trivial();
        });
        started();
        for (int round = 0; round < 1_000 && !seen.isDone(); round++) {
            round(1);
        }
        daemon.stop();
        return TestDaemon.get(seen);
    }

    @Test
    void anInterruptNeverHitsTheNextProbe() throws Exception {
        assertThat(onAUsedThread(() -> Thread.currentThread().interrupt(), () -> Thread.currentThread().isInterrupted()))
                .isFalse();
    }

    @Test
    void theContextClassLoaderIsPutBack() throws Exception {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        assertThat(onAUsedThread(() -> Thread.currentThread().setContextClassLoader(null),
                () -> Thread.currentThread().getContextClassLoader() == loader)).isTrue();
    }

    @Test
    void whatAProbePutInTheLogContextIsGone() throws Exception {
        assertThat(onAUsedThread(() -> MDC.put("key", "left"), () -> String.valueOf(MDC.get("key")))).isEqualTo("null");
    }
}

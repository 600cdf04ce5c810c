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
import org.jboss.logging.NDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.HealthCheck;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;

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
    private int mostThreads = Integer.MAX_VALUE;

    @AfterEach
    void release() {
        release.countDown();
    }

    private void started() {
        daemon.linger = keepThreads ? Duration.ofSeconds(60) : Duration.ZERO;
        daemon.threadRefusal = name -> {
            if (name.equals("proc-daemon-probes") || name.endsWith("-health")) {
                if (started.get() == mostThreads) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                started.incrementAndGet();
            }
        };
        daemon.started();
    }

    private void add(String name, HealthCheck probe) {
        daemon.add(name).healthy(probe).critical(false);
    }

    private void add(String name, HealthCheck probe, Duration interval, Duration timeout) {
        daemon.add(name).healthy(probe).critical(false).settings(settings -> settings.withHealth(
                health -> new HealthSettings(interval, timeout, 3, false)));
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
        for (int i = 0; i < 8; i++) {
            add("quick" + i, this::trivial);
        }
        started();
        daemon.time.advance(INTERVAL);
        assertThat(hanging.tryAcquire(4, 20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(LONG.minusNanos(1));
        assertThat(started).hasValue(4);
        assertThat(answered.availablePermits()).isZero();
        daemon.time.advance(Duration.ofNanos(1));
        awaitAnswers(8);
        int more = started.get();
        assertThat(more).isGreaterThan(4).isLessThanOrEqualTo(8);

        daemon.time.advance(TIMEOUT);
        for (int round = 0; round < 3; round++) {
            daemon.time.advance(round == 0 ? INTERVAL.minus(TIMEOUT) : INTERVAL);
            awaitAnswers(8);
        }
        assertThat(started).as("the hung ones are not called again, and the others have threads").hasValueLessThanOrEqualTo(12);
        daemon.stop();
    }

    @Test
    void anotherComesInThePlaceOfOneThatHangs() throws Exception {
        for (int i = 0; i < 4; i++) {
            add("hung" + i, this::stubborn);
        }
        add("later", this::trivial, INTERVAL.plus(TIMEOUT).plusSeconds(1), TIMEOUT);
        started();
        daemon.time.advance(INTERVAL);
        assertThat(hanging.tryAcquire(4, 20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(TIMEOUT);
        daemon.time.advance(Duration.ofSeconds(1));
        assertThat(answered.tryAcquire(20, TimeUnit.SECONDS)).as("called at once").isTrue();
        assertThat(started).hasValue(5);
        daemon.stop();
    }

    @Test
    void oneThatWaitsMeanwhileIsCalledByThat() throws Exception {
        Duration soon = LONG.dividedBy(2);
        for (int i = 0; i < 4; i++) {
            add("hung" + i, this::stubborn, INTERVAL, soon);
        }
        add("b", this::trivial);
        started();
        daemon.time.advance(INTERVAL);
        assertThat(hanging.tryAcquire(4, 20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(soon);
        assertThat(answered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        daemon.stop();
    }

    @Test
    void theThreadOfOneThatHangsBearsItsNameAndEndsWithIt() throws Exception {
        add("hung", () -> {
            threads.add(Thread.currentThread());
            return stubborn();
        });
        started();
        daemon.time.advance(INTERVAL);
        assertThat(hanging.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(TIMEOUT);
        Thread thread = threads.iterator().next();
        assertThat(thread.getName()).isEqualTo("hung-health");
        release.countDown();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
        daemon.stop();
    }

    /** A missing thread does not count against its health before the third time. */
    @Test
    void oneThatGetsNoThreadIsExcusedThreeTimesAndAskedAgainWhenThereIsOne() throws Exception {
        for (int i = 0; i < 4; i++) {
            add("hung" + i, this::stubborn, INTERVAL, Duration.ofSeconds(60));
        }
        daemon.add("last").healthy(this::trivial).critical(false)
                .settings(settings -> settings.withHealth(health -> new HealthSettings(INTERVAL, TIMEOUT, 1, false)));
        mostThreads = 4;
        started();
        daemon.time.advance(INTERVAL);
        assertThat(hanging.tryAcquire(4, 20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(TIMEOUT.multipliedBy(3));
        assertThat(daemon.info("last").healthy()).isTrue();
        daemon.time.advance(TIMEOUT);
        assertThat(daemon.info("last").healthy()).isFalse();
        assertThat(answered.availablePermits()).isZero();
        release.countDown();
        daemon.time.advance(INTERVAL);
        daemon.events.await("HealthChanged last", 2);
        assertThat(daemon.info("last").healthy()).isTrue();
        daemon.stop();
    }

    /** What the next probe finds on the thread that one has left in disorder, without a pause in between. */
    private <T> T afterwards(Runnable disorder, Supplier<T> look) {
        CountDownLatch queued = new CountDownLatch(1);
        CompletableFuture<T> seen = new CompletableFuture<>();
        add("first", () -> {
            TestDaemon.ignoringInterrupts(queued);
            disorder.run();
            return trivial();
        });
        add("next", () -> {
            seen.complete(look.get());
            return trivial();
        });
        mostThreads = 1;
        started();
        daemon.time.advance(INTERVAL);
        queued.countDown();
        T found = TestDaemon.get(seen);
        daemon.stop();
        return found;
    }

    @Test
    void anInterruptNeverHitsTheNextProbe() {
        assertThat(afterwards(() -> Thread.currentThread().interrupt(), () -> Thread.currentThread().isInterrupted()))
                .isFalse();
    }

    @Test
    void theContextClassLoaderIsPutBack() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        assertThat(afterwards(() -> Thread.currentThread().setContextClassLoader(null),
                () -> Thread.currentThread().getContextClassLoader() == loader)).isTrue();
    }

    @Test
    void whatAProbePutInTheLogContextIsGone() {
        assertThat(afterwards(() -> MDC.put("key", "left"), () -> String.valueOf(MDC.get("key")))).isEqualTo("null");
    }

    @Test
    void whatItPushedOnTheLogContextIsGone() {
        assertThat(afterwards(() -> NDC.push("left"), NDC::getDepth)).isZero();
    }
}

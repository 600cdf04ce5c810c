package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.Work;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;

/** What a drain pauses, what it waits for, and what it says. */
@Timeout(60)
class DrainTest {

    private static final Duration SHORT = Duration.ofNanos(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final TestDaemon daemon = new TestDaemon();
    private final BlockingQueue<SubsystemContext> calls = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    private static final class Requests implements InFlightWork {

        final AtomicInteger requests = new AtomicInteger();

        @Override
        public boolean awaitQuiet(Duration atMost) {
            return true;
        }

        @Override
        public int count() {
            return requests.get();
        }

        @Override
        public String kind() {
            return "HTTP requests";
        }
    }

    DrainTest() {
        daemon.listeners.add(new DaemonListener() {
            @Override
            public void onEvent(SubsystemEvent event) {
                // Only the drain is of interest.
            }

            @Override
            public void drainBegan(String name, List<String> inFlight) {
                news.add(name + " drains " + inFlight);
            }

            @Override
            public void drained(String name, Duration took) {
                news.add(name + " has drained in " + took.toMillis());
            }

            @Override
            public void resumed(String name) {
                news.add(name + " resumed");
            }
        });
    }

    private SubsystemContext nextCall() throws InterruptedException {
        SubsystemContext call = calls.poll(20, TimeUnit.SECONDS);
        assertThat(call).as("the next call").isNotNull();
        return call;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private String nextNews() throws InterruptedException {
        return news.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void aCallInProgressEndsAndNoneFollows() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").every(() -> SHORT).run(context -> {
            calls.add(context);
            release.await();
        });
        daemon.started();
        nextCall();
        daemon.engine().drain();
        assertThat(daemon.engine().inFlight()).isEqualTo(1);
        assertThat(daemon.info("a").inFlight()).isEqualTo(1);
        release.countDown();
        await(() -> daemon.engine().inFlight() == 0);
        assertThat(calls).isEmpty();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.engine().resume();
        nextCall();
        nextCall();
        daemon.stop();
        assertThat(daemon.info("a").failures()).isZero();
    }

    @Test
    void anAsynchronousCallIsInProgressUntilItsStageCompletes() throws Exception {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        daemon.add("a").every(() -> LONG).runAsync(context -> {
            calls.add(context);
            return stage;
        });
        daemon.started();
        nextCall();
        daemon.engine().drain();
        assertThat(daemon.engine().inFlight()).isEqualTo(1);
        stage.complete(null);
        await(() -> daemon.engine().inFlight() == 0);
        daemon.stop();
    }

    @Test
    void aCallThatThrowsIsOver() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").critical(false).every(() -> LONG).run(context -> {
            calls.add(context);
            release.await();
            throw new IllegalStateException("refused");
        });
        daemon.started();
        nextCall();
        daemon.engine().drain();
        release.countDown();
        daemon.events.await("GaveUp a");
        assertThat(daemon.engine().inFlight()).isZero();
        daemon.stop();
    }

    /** The time goes on: what has become due is called as soon as the drain is over, the rest when it is due. */
    @Test
    void anIntervalThatIsNotOverGoesOnAfterTheDrain() throws Exception {
        BlockingQueue<Duration> asked = new LinkedBlockingQueue<>();
        daemon.add("a").every(() -> {
            asked.add(LONG);
            return LONG;
        }).run(calls::add);
        daemon.started();
        nextCall();
        assertThat(asked.poll(20, TimeUnit.SECONDS)).isNotNull(); // before the first call
        assertThat(asked.poll(20, TimeUnit.SECONDS)).isNotNull();
        daemon.engine().drain();
        daemon.engine().resume();
        assertThat(asked.poll(20, TimeUnit.SECONDS)).as("asked again").isNotNull();
        assertThat(calls).isEmpty();
        daemon.stop();
        assertThat(calls).isEmpty();
    }

    @Test
    void aDaemonThatIsDrainedWhileItStartsMakesNoFirstCall() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").every(() -> SHORT).onStart(context -> release.await()).run(calls::add);
        CompletableFuture<Void> start = CompletableFuture.runAsync(daemon::started);
        daemon.events.await("Starting a");
        daemon.engine().drain();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STARTING);
        release.countDown();
        TestDaemon.get(start);
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.DRAINING);
        assertThat(daemon.engine().hasStarted()).isTrue();
        assertThat(daemon.engine().beginErrand("a")).isEmpty();
        daemon.awaitLoop();
        assertThat(calls).isEmpty();
        daemon.engine().resume();
        nextCall();
        daemon.stop();
    }

    /** Not that of the other drain test alone: what is RUNNING takes work while others still start. */
    @Test
    void noErrandBeginsInADrainWhileTheDaemonStarts() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a");
        daemon.add("b", "a").onStart(context -> release.await());
        CompletableFuture<Void> start = CompletableFuture.runAsync(daemon::started);
        daemon.events.await("Starting b");
        daemon.engine().beginErrand("a").orElseThrow().close();
        daemon.engine().drain();
        assertThat(daemon.engine().beginErrand("a")).isEmpty();
        release.countDown();
        TestDaemon.get(start);
        daemon.stop();
    }

    @Test
    void aPausedBodyIsNotHung() throws Exception {
        CompletableFuture<Thread> body = new CompletableFuture<>();
        daemon.add("a").every(() -> SHORT).run(context -> {
            calls.add(context);
            body.complete(Thread.currentThread());
        }).settings(settings -> settings.withHeartbeatTimeout(Duration.ofSeconds(1)));
        daemon.started();
        nextCall();
        daemon.engine().drain();
        await(() -> daemon.engine().inFlight() == 0 && TestDaemon.get(body).getState() == Thread.State.TIMED_WAITING);
        daemon.time.advance(Duration.ofMinutes(1));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.info("a").generation()).isEqualTo(1);
        daemon.stop();
    }

    @Test
    void aDrainDoesNotProveARun() throws Exception {
        daemon.add("a").critical(false).every(() -> SHORT).run(context -> {
            calls.add(context);
            if (calls.size() == 1) {
                throw new IllegalStateException("once");
            }
        }).restart(restart -> restart);
        daemon.started();
        daemon.events.await("Restarting a");
        daemon.engine().drain();
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a");
        daemon.time.advance(Duration.ofHours(2));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(calls).hasSize(1);
        daemon.engine().resume();
        nextCall();
        nextCall();
        daemon.stop();
    }

    @Test
    void aStopEndsAPausedBody() throws Exception {
        daemon.add("a").every(() -> SHORT).run(calls::add);
        daemon.started();
        nextCall();
        daemon.engine().drain();
        daemon.stop();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
    }

    @Test
    void workThatABodyBeginsItselfCounts() throws Exception {
        CompletableFuture<SubsystemContext> body = new CompletableFuture<>();
        daemon.add("a").run(context -> {
            body.complete(context);
            context.await();
        });
        daemon.started();
        daemon.engine().drain();
        Work work = TestDaemon.get(body).begin();
        assertThat(daemon.engine().inFlight()).isEqualTo(1);
        work.close();
        assertThat(daemon.engine().inFlight()).isZero();
        daemon.stop();
    }

    @Test
    void whatCameFromOutsideCounts() {
        Requests requests = new Requests();
        daemon.add("a");
        daemon.engine().draining().count(List.of(requests));
        daemon.started();
        WorkInFlight errand = daemon.engine().beginErrand("a").orElseThrow();
        requests.requests.set(2);
        assertThat(daemon.engine().inFlight()).isEqualTo(3);
        errand.close();
        assertThat(daemon.engine().inFlight()).isEqualTo(2);
        daemon.stop();
    }

    /** Nobody waits for it any more. */
    @Test
    void workThatAnAbandonedRunLeftBehindDoesNotCount() {
        daemon.add("a");
        daemon.started();
        WorkInFlight errand = daemon.engine().beginErrand("a").orElseThrow();
        CompletableFuture<Void> stop = daemon.engine().stop("a").toCompletableFuture();
        daemon.events.await("Stopping a");
        assertThat(daemon.engine().inFlight()).isEqualTo(1);
        daemon.time.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> TestDaemon.get(stop)).hasMessageContaining("abandoned in its work in flight (1)");
        assertThat(daemon.engine().inFlight()).isZero();
        errand.close();
        daemon.stop();
    }

    /** Nobody has looked since the work ended. */
    @RepeatedTest(200)
    void theEndIsAnnouncedAlsoIfAResumeComesRightAfterIt() throws Exception {
        daemon.add("a");
        daemon.started();
        WorkInFlight errand = daemon.engine().beginErrand("a").orElseThrow();
        daemon.engine().drain();
        assertThat(nextNews()).isEqualTo("test drains [a 1]");
        errand.close();
        daemon.engine().resume();
        assertThat(nextNews()).isEqualTo("test has drained in 0");
        assertThat(nextNews()).isEqualTo("test resumed");

        errand = daemon.engine().beginErrand("a").orElseThrow();
        daemon.engine().drain();
        assertThat(nextNews()).isEqualTo("test drains [a 1]");
        daemon.engine().resume();
        assertThat(nextNews()).as("with work in flight").isEqualTo("test resumed");
        errand.close();
        daemon.stop();
        assertThat(news).isEmpty();
    }

    @Test
    void listenersHearOfBeginningEndAndResumeOnce() throws Exception {
        Requests requests = new Requests();
        daemon.add("a");
        daemon.engine().draining().count(List.of(requests));
        daemon.started();
        WorkInFlight errand = daemon.engine().beginErrand("a").orElseThrow();
        requests.requests.set(1);
        daemon.engine().drain();
        daemon.engine().drain();
        assertThat(nextNews()).isEqualTo("test drains [a 1, HTTP requests 1]");
        daemon.time.advance(Duration.ofSeconds(10));
        errand.close();
        daemon.time.advance(Duration.ofSeconds(10));
        assertThat(news).isEmpty();
        requests.requests.set(0);
        daemon.time.advance(Duration.ofSeconds(1));
        assertThat(nextNews()).startsWith("test has drained in 20");
        long timers = daemon.time.everScheduled();
        requests.requests.set(1);
        daemon.time.advance(Duration.ofMinutes(1));
        requests.requests.set(0);
        daemon.time.advance(Duration.ofMinutes(1));
        assertThat(daemon.time.everScheduled()).as("no more looks").isEqualTo(timers);
        daemon.engine().resume();
        daemon.engine().resume();
        assertThat(nextNews()).isEqualTo("test resumed");
        daemon.engine().drain();
        assertThat(nextNews()).isEqualTo("test drains []");
        daemon.time.advance(Duration.ofMinutes(1));
        daemon.stop();
        assertThat(news).isEmpty();
    }

    @Test
    void aResumeEndsTheLookForTheEnd() throws Exception {
        daemon.add("a");
        daemon.started();
        WorkInFlight errand = daemon.engine().beginErrand("a").orElseThrow();
        daemon.engine().drain();
        daemon.engine().resume();
        assertThat(nextNews()).isEqualTo("test drains [a 1]");
        assertThat(nextNews()).isEqualTo("test resumed");
        assertThat(daemon.time.scheduled()).isZero();
        errand.close();
        daemon.stop();
        assertThat(news).isEmpty();
    }

    @Test
    void aResumeWithoutADrainIsNothing() {
        daemon.add("a");
        daemon.started();
        daemon.engine().resume();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.RUNNING);
        daemon.stop();
        assertThat(news).isEmpty();
    }

    @Test
    void aDaemonThatComesBackDoesNotDrain() {
        daemon.process.outlivesDaemon = true;
        daemon.add("a");
        daemon.started();
        daemon.engine().drain();
        daemon.engine().shutdown();
        daemon.awaitLoop();
        daemon.time.advance(Duration.ofMillis(3_750));
        daemon.events.await("Stopped a");
        TestDaemon.get(daemon.engine().start("a"));
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.RUNNING);
        daemon.stop();
    }

    /** Once the drain is on and nothing is in flight, that stays so. */
    @RepeatedTest(200)
    void nothingBeginsOnceADrainHasNothingInFlight() throws Exception {
        AtomicBoolean drained = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        daemon.add("a").every(() -> SHORT).run(context -> late.compareAndSet(false, drained.get()));
        daemon.add("b");
        daemon.started();
        CyclicBarrier ready = new CyclicBarrier(2);
        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> {
            try {
                ready.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            while (!over.get()) {
                daemon.engine().beginErrand("b").ifPresent(errand -> {
                    late.compareAndSet(false, drained.get());
                    errand.close();
                });
            }
        });
        ready.await(20, TimeUnit.SECONDS);
        daemon.engine().drain();
        await(() -> daemon.engine().inFlight() == 0);
        drained.set(true);
        for (int spins = 0; spins < 1_000; spins++) {
            Thread.onSpinWait();
        }
        over.set(true);
        TestDaemon.get(caller);
        assertThat(late).isFalse();
        daemon.stop();
    }

    /** However drains and resumes race, listeners hear of them in turns, and the last is how it stands. */
    @RepeatedTest(200)
    void drainsAndResumesTakeTurns() throws Exception {
        daemon.add("a");
        daemon.started();
        CyclicBarrier ready = new CyclicBarrier(2);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                ready.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            for (int i = 0; i < 20; i++) {
                daemon.engine().resume();
            }
        });
        ready.await(20, TimeUnit.SECONDS);
        for (int i = 0; i < 20; i++) {
            daemon.engine().drain();
        }
        TestDaemon.get(other);
        boolean drains = daemon.engine().state() == DaemonState.DRAINING;
        daemon.stop();
        String last = "test resumed";
        for (String one : news) {
            assertThat(one).isNotEqualTo(last);
            last = one;
        }
        assertThat(last).isEqualTo(drains ? "test drains []" : "test resumed");
    }
}

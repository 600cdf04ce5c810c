package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/** The end of a process that nothing else ends. */
@Timeout(60)
class KillTest {

    private static final ShutdownReason.Signal TERM = new ShutdownReason.Signal(15, "TERM");
    private static final Predicate<String> KILLED = text -> text.startsWith("test is killed");

    private final TestDaemon daemon = new TestDaemon();
    private final LastWordsListener words = new LastWordsListener();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);

    KillTest() {
        daemon.process.canHalt = true;
        daemon.listeners.add(words);
    }

    @AfterEach
    void letGo() {
        release.countDown();
    }

    private void hang() {
        hanging.countDown();
        TestDaemon.ignoringInterrupts(release);
    }

    /** It fails when {@code hanging} is counted down; then the supervisor finds no memory to restart it. */
    private void addOneThatFailsWhenThereIsNoMemory() {
        daemon.add("a").run(context -> {
            hanging.await();
            throw new IllegalStateException("broken");
        }).restart(restart -> restart.withDelays(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1));
        daemon.jitter = () -> {
            throw new OutOfMemoryError("the test's");
        };
    }

    private void assertHaltsAtTheKillTimeout() {
        daemon.time.advance(Duration.ofMillis(14_999));
        assertThat(daemon.process.halted).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        assertThat(daemon.process.halted).isCompletedWithValue(137);
    }

    @Test
    void whatIsToldOnlyWhenOthersWereAbandonedIsKilledWhereItHangs() throws Exception {
        daemon.add("below").onStop(context -> hang());
        daemon.add("above", "below").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping above");
        daemon.time.advance(Duration.ofSeconds(10));
        assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(daemon.process.halted).isNotDone();
        daemon.time.advance(Duration.ofSeconds(5));
        assertThat(daemon.process.halted).isCompletedWithValue(137);
        ShutdownReport report = words.report();
        assertThat(report.outcome()).isEqualTo(Outcome.KILLED);
        assertThat(report.exitCode()).hasValue(137);
        assertThat(report.took()).isEqualTo(Duration.ofSeconds(15));
        assertThat(report.entries()).extracting(ShutdownReport.Entry::ended).containsExactly(Ending.RUNNING, Ending.ABANDONED);
        assertThat(report.entries()).extracting(ShutdownReport.Entry::why).containsExactly("it is STOPPING, in its clean-up",
                "it ignored its interrupt and was abandoned in its body");
        assertThat(report.entries()).extracting(ShutdownReport.Entry::took).containsExactly(Duration.ofSeconds(5),
                Duration.ofSeconds(10));
        assertThat(report.held()).startsWith("below#1 STOPPING, in its clean-up")
                .anyMatch(line -> line.startsWith("    at ") && line.contains("KillTest.hang"));
        assertThat(daemon.process.printed).as("the log may be closed").hasSize(1);
        release.countDown();
        TestDaemon.get(stop);
    }

    @Test
    void itComesAlsoIfTheApplicationNeverComesToTheSubsystems() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        daemon.engine().shutdown(7);
        daemon.time.advance(Duration.ofMillis(3_750));
        assertThat(words.report().outcome()).isEqualTo(Outcome.CLEAN);
        daemon.time.advance(Duration.ofMillis(11_249));
        assertThat(daemon.process.halted).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        assertThat(daemon.process.halted).isCompletedWithValue(137);
        ShutdownReport report = words.report();
        assertThat(report.outcome()).isEqualTo(Outcome.KILLED);
        assertThat(report.entries()).extracting(ShutdownReport.Entry::ended).containsExactly(Ending.STOPPED);
        assertThat(report.held()).as("the threads that keep the process").anyMatch(line -> line.startsWith("thread 'main'"));
    }

    @Test
    void itComesAlsoWhenAllSubsystemsHaveEndedButTheProcessHasNot() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        new Thread(this::hang, "holder").start();
        assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.stop();
        assertThat(words.report().outcome()).isEqualTo(Outcome.CLEAN);
        daemon.time.advance(Duration.ofMillis(7_499));
        assertThat(daemon.process.printed).isEmpty();
        daemon.time.advance(Duration.ofMillis(1));
        assertThat(daemon.process.nextPrinted()).as("the log may be closed").startsWith("test is still shutting down after "
                + "7.500s. What holds it:" + System.lineSeparator()).contains("  thread 'holder'" + System.lineSeparator());
        daemon.time.advance(Duration.ofMillis(4_500));
        assertThat(daemon.process.nextPrinted()).startsWith("test is still shutting down after 12s. What holds it:");
        daemon.time.advance(Duration.ofMillis(2_999));
        assertThat(daemon.process.halted).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        assertThat(daemon.process.halted).isCompletedWithValue(137);
        assertThat(words.report().outcome()).isEqualTo(Outcome.KILLED);
    }

    @Test
    void itComesAlsoIfTheSupervisorIsStuck() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        daemon.add("a").onStop(context -> {
        });
        daemon.started();
        daemon.threadRefusal = name -> {
            if (name.equals("a")) {
                stuck.countDown();
                TestDaemon.ignoringInterrupts(release);
            }
        };
        CompletableFuture<Void> stop = daemon.stopLater();
        assertThat(stuck.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.loopHangs(true);
        assertHaltsAtTheKillTimeout();
        assertThat(words.report().entries()).extracting(ShutdownReport.Entry::ended).containsExactly(Ending.RUNNING);
        release.countDown();
        TestDaemon.get(stop);
    }

    @Test
    void itComesAlsoIfTheSupervisorIsStuckBeforeTheCause() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        daemon.add("a").onStop(context -> {
        });
        daemon.started();
        daemon.threadRefusal = name -> {
            if (name.equals("a")) {
                stuck.countDown();
                TestDaemon.ignoringInterrupts(release);
            }
        };
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> daemon.engine().stop("a"));
        assertThat(stuck.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.loopHangs(true);
        daemon.engine().shutdownCoordinator().signalled(TERM, 143);
        assertThat(TestDaemon.get(daemon.process.exitNow)).isEqualTo(143);
        assertHaltsAtTheKillTimeout();
        assertThat(words.report().held()).first().isEqualTo("a#1 STOPPING, in its clean-up");
        release.countDown();
        TestDaemon.get(stop);
    }

    @Test
    void itComesAlsoIfNotEvenTheLastWordsCanBegin() throws Exception {
        daemon.add("a").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        daemon.engine().shutdown(7);
        daemon.threadRefusal = name -> {
            if (name.equals("proc-daemon-last-words")) {
                hang();
            }
        };
        CompletableFuture<Void> words = CompletableFuture.runAsync(() -> daemon.time.advance(Duration.ofSeconds(15)));
        assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(Duration.ofMillis(599));
        assertThat(daemon.process.halted).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        assertThat(daemon.process.halted).isCompletedWithValue(137);
        release.countDown();
        TestDaemon.get(words);
    }

    @Test
    void aListenerThatHangsCannotKeepItNorTheWords() throws Exception {
        daemon.listeners.add(0, new DaemonListener() {
            @Override
            public void onEvent(SubsystemEvent event) {
                hang();
            }

            @Override
            public void shutdownEnded(ShutdownReport report) {
                hang();
            }
        });
        daemon.add("a").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.engine().shutdown(7);
        assertHaltsAtTheKillTimeout();
        assertThat(daemon.process.printed).filteredOn(KILLED).singleElement().asString().startsWith(
                "test is killed after 15s: requested by Daemon.shutdown(7) (exit code 137); 1 abandoned");
        assertThat(words.report().outcome()).as("what others hear before").isEqualTo(Outcome.UNCLEAN);
        assertThat(words.report().outcome()).isEqualTo(Outcome.KILLED);
    }

    @Test
    void aListenerThatThrowsCannotKeepItNorTheWords() throws Exception {
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.listeners.add(0, new DaemonListener() {
                @Override
                public void onEvent(SubsystemEvent event) {
                    throw new IllegalStateException("broken");
                }

                @Override
                public void shutdownEnded(ShutdownReport report) {
                    throw new IllegalStateException("broken");
                }
            });
            daemon.add("a").run(context -> TestDaemon.ignoringInterrupts(release));
            daemon.started();
            daemon.engine().shutdown(7);
            assertHaltsAtTheKillTimeout();
            assertThat(daemon.process.printed).filteredOn(KILLED).singleElement().asString()
                    .startsWith("test is killed after 15s");
            assertThat(log.lines()).anyMatch(line -> line.endsWith("The last words of the daemon were not heard by all"));
        }
    }

    @Test
    void theThirdSignalKillsAtOnce() throws Exception {
        daemon.add("a").run(context -> hang());
        daemon.started();
        assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 3; i++) {
            daemon.engine().shutdownCoordinator().signalled(TERM, 143);
            daemon.time.advance(Duration.ofMillis(1001));
        }
        assertThat(daemon.process.halted).isCompletedWithValue(137);
        assertThat(daemon.process.nextPrinted()).contains(System.lineSeparator()
                + "  the signal TERM came again 2.002s after it began and killed the process" + System.lineSeparator());
        assertThat(words.report().held()).first().asString().startsWith("a#1 STOPPING, in its body");
    }

    @Test
    void whatHoldsItUpIsSaidAtTheHalfAndAtFourFifthsOfTheTime() throws Exception {
        daemon.add("below").run(context -> context.await());
        daemon.add("a", "below").run(context -> hang());
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(words.next()).startsWith("began");
        daemon.time.advance(Duration.ofMillis(7_499));
        assertThat(words.saysMore()).isFalse();
        daemon.time.advance(Duration.ofMillis(1));
        assertThat(words.next()).isEqualTo("delayed PT7.5S");
        assertThat(words.held()).startsWith("a#1 STOPPING, in its body")
                .endsWith("below#1 RUNNING, waiting for those that depend on it")
                .anyMatch(line -> line.contains("TestDaemon.ignoringInterrupts"));
        daemon.time.advance(Duration.ofMillis(2_500));
        TestDaemon.get(stop);
        assertThat(words.next()).startsWith("ended UNCLEAN in 10s");
        daemon.time.advance(Duration.ofSeconds(2));
        assertThat(words.next()).isEqualTo("delayed PT12S");
    }

    @Test
    void aSupervisorWithoutMemoryEndsTheDaemon() throws Exception {
        addOneThatFailsWhenThereIsNoMemory();
        daemon.started();
        hanging.countDown();
        assertThat(TestDaemon.get(daemon.process.exit)).isEqualTo(1);
        assertThat(words.next()).isEqualTo("began: ResourceExhausted[resource=memory] 1");
        assertHaltsAtTheKillTimeout();
    }

    @Test
    void itComesAlsoIfThereIsNoMemoryForItWhenTheCauseIsGiven() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        AtomicInteger times = new AtomicInteger();
        daemon.loneRefusal = (name, delay) -> {
            if (name.equals("proc-daemon-kill") && times.incrementAndGet() == 1) {
                throw new OutOfMemoryError("the test's");
            }
        };
        daemon.engine().shutdown(7);
        assertThat(TestDaemon.get(daemon.process.exit)).isEqualTo(7);
        assertHaltsAtTheKillTimeout();
    }

    @Test
    void withoutMemoryForTheLastWordsItDoesNotWaitForThem() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        daemon.loneRefusal = (name, delay) -> {
            if (name.equals("proc-daemon-last-words")) {
                throw new OutOfMemoryError("the test's");
            }
        };
        daemon.engine().shutdown(7);
        assertHaltsAtTheKillTimeout();
    }

    @Test
    void withoutMemoryForAShutdownTheEndComesWhenTheGracefulTimeIsOver() throws Exception {
        addOneThatFailsWhenThereIsNoMemory();
        CountDownLatch tried = new CountDownLatch(2);
        daemon.loneRefusal = (name, delay) -> {
            if (delay.compareTo(Duration.ofSeconds(5)) > 0) {
                tried.countDown();
                throw new OutOfMemoryError("the test's");
            }
        };
        daemon.started();
        hanging.countDown();
        assertThat(tried.await(20, TimeUnit.SECONDS)).isTrue();
        // The end, and the next try.
        daemon.time.awaitScheduled(2);
        daemon.time.advance(Duration.ofMillis(4_999));
        assertThat(daemon.process.halted).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        assertThat(daemon.process.halted).isCompletedWithValue(137);
    }

    @Test
    void withoutMemoryForAThreadTheOneThatFoundOutWaitsForTheEnd() throws Exception {
        addOneThatFailsWhenThereIsNoMemory();
        daemon.loneRefusal = (name, delay) -> {
            throw new OutOfMemoryError("the test's");
        };
        daemon.started();
        daemon.engine().shutdownCoordinator().timeouts(
                new ShutdownTimeouts(Duration.ofMillis(1), Duration.ofSeconds(10), Duration.ofSeconds(15)));
        hanging.countDown();
        assertThat(TestDaemon.get(daemon.process.halted)).isEqualTo(137);
    }

    @Test
    void aProcessThatGoesOnIsNotHalted() throws Exception {
        daemon.process.canHalt = false;
        daemon.add("below").onStop(context -> hang());
        daemon.add("above", "below").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping above");
        daemon.time.advance(Duration.ofSeconds(15));
        TestDaemon.get(stop);
        assertThat(daemon.process.halted).isNotDone();
        assertThat(words.report().outcome()).isEqualTo(Outcome.UNCLEAN);
        assertThat(daemon.time.scheduled()).isZero();
    }
}

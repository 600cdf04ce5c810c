package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Entry;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.events.ReportText;

/** What the report of a shutdown says, and where. */
@Timeout(60)
class ShutdownReportTest {

    private static final Optional<ShutdownReason> TERM = Optional.of(new ShutdownReason.Signal(15, "TERM"));

    private final TestDaemon daemon = new TestDaemon();
    private final LastWordsListener words = new LastWordsListener();
    private final CountDownLatch release = new CountDownLatch(1);

    ShutdownReportTest() {
        daemon.listeners.add(words);
    }

    @Test
    void itSaysOfEachHowItEnded() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        daemon.add("abandoned").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.add("broken").critical(false).run(context -> {
            failed.await();
            throw new IllegalStateException("too bad");
        });
        daemon.add("failing").onStop(context -> {
            throw new IllegalStateException("cannot clean up");
        });
        daemon.add("forced").run(context -> new CountDownLatch(1).await());
        daemon.add("stopped").run(ShutdownHandle::await);
        daemon.started();
        failed.countDown();
        daemon.events.await("GaveUp broken");
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("GaveUp failing");
        daemon.events.await("Stopped stopped");
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.events.await("Stopped forced");
        daemon.time.advance(Duration.ofSeconds(5));
        TestDaemon.get(stop);
        release.countDown();
        ShutdownReport report = words.report();
        assertThat(report.daemon()).isEqualTo("test");
        assertThat(report.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(report.outcome()).isEqualTo(Outcome.UNCLEAN);
        assertThat(report.began()).isEqualTo(Instant.EPOCH);
        assertThat(report.took()).isEqualTo(Duration.ofSeconds(10));
        assertThat(report.held()).isEmpty();
        assertThat(report.entries()).containsExactlyInAnyOrder(
                entry("abandoned", SubsystemState.RUNNING, Ending.ABANDONED, 10,
                        "it ignored its interrupt and was abandoned in its body"),
                entry("broken", SubsystemState.FAILED, Ending.NONE, 0, "IllegalStateException: too bad"),
                entry("failing", SubsystemState.RUNNING, Ending.FAILED, 0, "IllegalStateException: cannot clean up"),
                entry("forced", SubsystemState.RUNNING, Ending.FORCED, 5, "it did not end in time and was interrupted"),
                entry("stopped", SubsystemState.RUNNING, Ending.STOPPED, 0, ""));
        assertThat(daemon.engine().lastShutdown()).containsSame(report);
    }

    private static Entry entry(String name, SubsystemState was, Ending ended, int seconds, String why) {
        return new Entry(name, was, ended, Duration.ofSeconds(seconds), why);
    }

    @Test
    void whatFailsBetweenTheCauseAndTheStopIsSaidThough() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            go.await();
            throw new IllegalStateException("in a hurry");
        });
        daemon.started();
        daemon.engine().shutdown(0);
        go.countDown();
        daemon.events.await("GaveUp a");
        daemon.stop();
        assertThat(words.report().entries()).singleElement().isEqualTo(
                entry("a", SubsystemState.RUNNING, Ending.FAILED, 0, "IllegalStateException: in a hurry"));
    }

    @Test
    void anIndependentSubsystemNeverWaitsForASlowOne() {
        daemon.add("base").run(ShutdownHandle::await);
        daemon.add("slow").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.add("throwing").onStop(context -> {
            throw new IllegalStateException("cannot clean up");
        });
        daemon.add("quick", "base").run(ShutdownHandle::await);
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopped base");
        daemon.events.await("GaveUp throwing");
        assertThat(daemon.time.nanos()).as("not a moment has passed").isZero();
        assertThat(stop).isNotDone();
        assertThat(daemon.state("slow")).isEqualTo(SubsystemState.STOPPING);
        daemon.time.advance(Duration.ofSeconds(10));
        TestDaemon.get(stop);
        release.countDown();
    }

    @Test
    void whatIsRegisteredBetweenTheCauseAndTheStopIsInItToo() throws Exception {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        daemon.engine().shutdown(0);
        TestDaemon.get(daemon.engine().newSubsystem("late").run(() -> {
        }).register());
        daemon.stop();
        assertThat(words.report().entries()).extracting(Entry::subsystem).containsExactly("a", "late");
    }

    @Test
    void theLogEndsWithIt() {
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.listeners.add(new EventLog());
            daemon.add("journal").run(ShutdownHandle::await);
            daemon.add("in", "journal").onStop(context -> {
                throw new IllegalStateException("cannot clean up");
            });
            daemon.started();
            daemon.engine().shutdown(7);
            daemon.stop();
            assertThat(log.lines()).contains("INFO test is shutting down: requested by Daemon.shutdown(7) (exit code 7)");
            assertThat(log.lines()).last().asString().isEqualToNormalizingNewlines(
                    "WARN test has shut down in 0s: requested by Daemon.shutdown(7) (exit code 7); 1 stopped, 1 failed\n"
                            + "  journal  RUNNING  stopped  0s\n"
                            + "  in       RUNNING  failed   0s  IllegalStateException: cannot clean up");
        }
    }

    @Test
    void theLogSaysWhatHoldsAShutdownUp() throws Exception {
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.listeners.add(new EventLog());
            CountDownLatch inside = new CountDownLatch(1);
            daemon.add("a").run(context -> {
                inside.countDown();
                TestDaemon.ignoringInterrupts(release);
            });
            daemon.started();
            inside.await();
            CompletableFuture<Void> stop = daemon.stopLater();
            daemon.events.await("Stopping a");
            daemon.time.advance(Duration.ofMillis(7_500));
            words.held();
            daemon.time.advance(Duration.ofMillis(2_500));
            TestDaemon.get(stop);
            release.countDown();
            assertThat(log.lines()).anySatisfy(line -> assertThat(line)
                    .startsWith("WARN test is still shutting down after 7.500s. What holds it:" + System.lineSeparator()
                            + "  a#1 STOPPING, in its body" + System.lineSeparator() + "      at "));
        }
    }

    @Test
    void ofManyItNamesWhatWentWrongAndWhatTookLongest() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            entries.add(entry("s" + i, SubsystemState.RUNNING, Ending.STOPPED, i, ""));
        }
        entries.add(entry("bad", SubsystemState.RUNNING, Ending.FAILED, 0, "why"));
        entries.add(entry("idle", SubsystemState.STOPPED, Ending.NONE, 0, ""));
        String text = ReportText
                .of(new ShutdownReport("d", 1, Outcome.KILLED, TERM, OptionalInt.of(137), Instant.EPOCH,
                        false, Duration.ofSeconds(61), entries, List.of("thread 'main'", "    at X"), List.of()));
        assertThat(text.lines()).hasSize(1 + 20 + 1 + 3)
                .startsWith("d is killed after 1m1s: signal TERM (exit code 137); 60 stopped, 1 failed",
                        "  bad  RUNNING  failed   0s   why", "  s59  RUNNING  stopped  59s")
                .endsWith("  s41  RUNNING  stopped  41s", "  and 42 more", "What holds it:", "  thread 'main'", "      at X");
    }

    @Test
    void whatDidNotRunIsADash() {
        String text = ReportText.of(new ShutdownReport("d", 1, Outcome.CLEAN, TERM, OptionalInt.empty(), Instant.EPOCH,
                false, Duration.ZERO, List.of(entry("idle", SubsystemState.WAITING, Ending.NONE, 0, "")), List.of(),
                List.of()));
        assertThat(text.lines()).containsExactly("d has shut down in 0s: signal TERM", "  idle  WAITING  -  0s");
    }

    @Test
    void aCrashIsNoShutdown() {
        assertThat(ReportText.of(new ShutdownReport("billing", 4711, Outcome.CRASHED, Optional.empty(), OptionalInt.empty(),
                Instant.parse("2026-01-02T03:04:05Z"), false, Duration.ZERO, List.of(), List.of(), List.of())))
                .isEqualTo("billing (process 4711, started at 2026-01-02T03:04:05Z) crashed or was killed: there was no"
                        + " shutdown");
    }
}

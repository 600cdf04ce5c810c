package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.events.ReportText;
import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;

/** Whatever an exception of a user's code does when it is looked at, the daemon knows of the failure and goes on. */
@Timeout(60)
class HostileThrowableTest {

    private final TestDaemon daemon = new TestDaemon();

    private Failure failure(SubsystemEvent.Phase phase, HostileThrowable hostile) {
        Failure failure = daemon.info("a").lastFailure().orElseThrow();
        assertThat(failure.phase()).isEqualTo(phase);
        assertThat(failure.message()).isEqualTo(hostile.message());
        assertThat(failure.stack()).hasSizeLessThan(60_000);
        return failure;
    }

    @ParameterizedTest
    @EnumSource
    void theStartFails(HostileThrowable hostile) {
        daemon.listeners.add(new EventLog());
        daemon.add("a").onStart(context -> {
            throw hostile.make();
        });
        assertThatThrownBy(daemon::started).isInstanceOf(SubsystemException.class)
                .hasMessageStartingWith("PD-4002: the daemon does not start because subsystem 'a' failed: ");
        failure(SubsystemEvent.Phase.START, hostile);
        assertThat(daemon.engine().lastShutdown()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void theBodyFails(HostileThrowable hostile) {
        daemon.add("a").critical(false).run(context -> {
            throw hostile.make();
        });
        daemon.started();
        daemon.events.await("GaveUp a");
        failure(SubsystemEvent.Phase.RUN, hostile);
        assertThat(daemon.engine().subsystems()).hasSize(1);
        daemon.stop();
    }

    @ParameterizedTest
    @EnumSource
    void theStageOfABodyFails(HostileThrowable hostile) {
        daemon.add("a").critical(false).runAsync(context -> CompletableFuture.failedFuture(hostile.make()));
        daemon.started();
        daemon.events.await("GaveUp a");
        failure(SubsystemEvent.Phase.RUN, hostile);
        daemon.stop();
    }

    @ParameterizedTest
    @EnumSource
    void workInFlightFails(HostileThrowable hostile) {
        daemon.add("a").critical(false).run(ShutdownHandle::await);
        daemon.started();
        daemon.engine().beginErrand("a").orElseThrow().fail(hostile.make());
        daemon.events.await("GaveUp a");
        failure(SubsystemEvent.Phase.RUN, hostile);
        daemon.stop();
    }

    @ParameterizedTest
    @EnumSource
    void theCleanUpFailsAndTheReportSaysSo(HostileThrowable hostile) {
        daemon.add("a").onStop(context -> {
            throw hostile.make();
        });
        daemon.add("b");
        daemon.started();
        daemon.stop();
        failure(SubsystemEvent.Phase.STOP, hostile);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.STOPPED);
        ShutdownReport report = daemon.engine().lastShutdown().orElseThrow();
        assertThat(report.entries()).extracting(ShutdownReport.Entry::ended).containsExactlyInAnyOrder(
                ShutdownReport.Ending.FAILED, ShutdownReport.Ending.STOPPED);
        assertThat(ReportText.of(report)).hasSizeLessThan(2_000);
    }

    @ParameterizedTest
    @EnumSource
    void anActionOnShutdownFailsAndTheNextOneRuns(HostileThrowable hostile) {
        CountDownLatch next = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            context.onShutdown(() -> {
                throw hostile.make();
            });
            context.onShutdown(next::countDown);
            context.await();
        });
        daemon.started();
        daemon.stop();
        assertThat(next.getCount()).isZero();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
    }

    @ParameterizedTest
    @EnumSource
    void aVetoComesAtOnce(HostileThrowable hostile) {
        Asking asking = new Asking();
        asking.add("a", change -> {
            throw hostile.make();
        });
        asking.daemon.started();
        assertThatThrownBy(() -> TestDaemon.get(asking.ask())).isInstanceOf(SubsystemException.class)
                .hasMessageStartingWith("PD-4009: subsystem 'a' vetoed it: ");
        asking.daemon.stop();
    }

    @ParameterizedTest
    @EnumSource
    void aProbeIsCalledAgain(HostileThrowable hostile) throws Exception {
        CountDownLatch asked = new CountDownLatch(4);
        daemon.add("a").healthy(() -> {
            asked.countDown();
            throw hostile.make();
        });
        daemon.started();
        for (int i = 0; i < 4; i++) {
            daemon.time.awaitNextIn(Duration.ofSeconds(5));
            daemon.time.advance(Duration.ofSeconds(5));
        }
        asked.await();
        daemon.events.await("HealthChanged a");
        assertThat(daemon.info("a").healthy()).isFalse();
        daemon.stop();
    }

    @Test
    void oneThatBlocksWhenItIsAskedIsWaitedForASecond() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").critical(false).run(context -> {
            throw HostileThrowable.blocking(asked, release);
        });
        daemon.started();
        asked.await();
        daemon.time.advance(Duration.ofSeconds(1).minusNanos(1));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.time.advance(Duration.ofNanos(1));
        daemon.events.await("GaveUp a");
        assertThat(daemon.info("a").lastFailure().orElseThrow().message()).isEqualTo("(its getMessage() did not return)");
        release.countDown();
        daemon.stop();
        assertThat(daemon.info("a").failures()).isEqualTo(1);
    }

    @Test
    void workThatFailsWithOneThatBlocksIsWaitedForASecond() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").critical(false).run(ShutdownHandle::await);
        daemon.started();
        WorkInFlight errand = daemon.engine().beginErrand("a").orElseThrow();
        Thread scheduler = new Thread(() -> errand.fail(HostileThrowable.blocking(asked, release)));
        scheduler.start();
        asked.await();
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.events.await("GaveUp a");
        assertThat(daemon.info("a").lastFailure().orElseThrow().message()).isEqualTo("(its getMessage() did not return)");
        assertThat(daemon.info("a").inFlight()).isZero();
        release.countDown();
        scheduler.join(10_000);
        daemon.stop();
        assertThat(daemon.info("a").failures()).isEqualTo(1);
    }

    @Test
    void anActionOnShutdownThatFailsWithOneThatBlocksIsReportedAfterASecond() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            context.onShutdown(() -> {
                throw HostileThrowable.blocking(asked, release);
            });
            context.await();
        });
        daemon.started();
        CompletionStage<Void> stopped = daemon.engine().stop("a");
        asked.await();
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.events.await("Failed a");
        assertThat(daemon.info("a").lastFailure().orElseThrow().message()).isEqualTo("(its getMessage() did not return)");
        release.countDown();
        TestDaemon.get(stopped);
        daemon.stop();
    }

    /** Listeners are users' code, too. */
    @ParameterizedTest
    @EnumSource
    void aListenerFailsAndGetsTheNextEvent(HostileThrowable hostile) {
        daemon.listeners.add(0, event -> {
            throw hostile.make();
        });
        daemon.add("a");
        daemon.started();
        daemon.stop();
        assertThat(daemon.engine().lastShutdown()).isPresent();
    }

    @Test
    void noMessageForgesALineOfTheLogOrTheReport() {
        String forged = "broken\nINFO all is well\u001b[2J\u2028\r\tend";
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.listeners.add(new EventLog());
            daemon.add("a").critical(false).run(context -> {
                throw new IllegalStateException(forged);
            });
            daemon.add("b").onStop(context -> {
                throw new IllegalStateException(forged);
            });
            daemon.started();
            daemon.events.await("GaveUp a");
            assertThat(daemon.info("a").lastFailure().orElseThrow().message()).as("data is what it is").isEqualTo(forged);
            assertThat(daemon.events.all().toString()).as("events as text").doesNotContain("\n", "\u001b", "\u2028")
                    .contains("broken\\nINFO all is well\\u001b[2J\\u2028");
            assertThat(daemon.info("a").reason()).contains(
                    "IllegalStateException: broken\\nINFO all is well\\u001b[2J\\u2028\\r\\tend");
            daemon.stop();
            List<String> lines = log.lines().stream().flatMap(String::lines).toList();
            assertThat(lines).noneMatch(line -> line.startsWith("INFO all is well") || line.indexOf('\u001b') >= 0)
                    .anySatisfy(line -> assertThat(line).matches(
                            "  b +RUNNING +failed .* IllegalStateException: broken\\\\nINFO all is well.*"));
        }
    }

    @Test
    void whatIsHarmlessIsHandedToTheCallerAsItWasThrown() {
        IllegalStateException thrown = new IllegalStateException("broken");
        daemon.add("a").critical(false).onStart(context -> {
            throw thrown;
        });
        daemon.started();
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("a"))).hasCause(thrown).cause().isSameAs(thrown);
        daemon.stop();
    }

    @Test
    void whatIsNotIsReplacedByOneThatSaysTheSame() {
        daemon.add("a").critical(false).onStart(context -> {
            throw HostileThrowable.CAUSED_BY_A_HOSTILE_ONE.make();
        });
        daemon.started();
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("a"))).cause()
                .hasToString("java.lang.RuntimeException: caused")
                .hasStackTraceContaining("Caused by: " + HostileThrowable.class.getName())
                .hasStackTraceContaining("(its getMessage() threw java.lang.NullPointerException)");
        daemon.stop();
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;

/** What a run throws after it was to stop is either how code leaves a call that was ended under it, or nobody may miss it. */
@Timeout(60)
class LateFailureTest {

    private final TestDaemon daemon = new TestDaemon();
    private final CountDownLatch release = new CountDownLatch(1);

    static Stream<Throwable> failures() {
        return Stream.of(new IOException("disk full"), new SocketTimeoutException("connect timed out"),
                new SocketException("Connection reset"), new IllegalStateException("broken"), new AssertionError("broken"),
                new StackOverflowError(), new ThreadDeath(), new OutOfMemoryError("a test has none left"),
                new IOException("Stream closed"), new IOException(new SocketException("Broken pipe")), cyclic());
    }

    static Stream<Throwable> waysOut() {
        return Stream.of(new InterruptedException(), new ClosedChannelException(), new AsynchronousCloseException(),
                new ClosedByInterruptException(), new ClosedSelectorException(), new CancellationException(),
                new InterruptedIOException("thread interrupted"), new SocketException("Socket closed"),
                new SocketException("Socket is closed"), new SocketException("Closed by interrupt"),
                new IllegalStateException(new IOException(new InterruptedException())));
    }

    private static Throwable cyclic() {
        IOException outer = new IOException("a cycle");
        outer.initCause(new IllegalStateException(outer));
        return outer;
    }

    private static TestDaemon.Body throwing(Throwable thrown) {
        return context -> {
            context.await();
            throw thrown;
        };
    }

    private ShutdownReport stopped() {
        daemon.stop();
        return daemon.engine().lastShutdown().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aBodyThatFailsWhileItStopsHasNotStoppedCleanly(Throwable thrown) {
        daemon.listeners.add(new EventLog());
        daemon.add("a").run(throwing(thrown)).onStop(context -> {
        });
        daemon.started();
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            ShutdownReport report = stopped();
            assertThat(report.outcome()).isEqualTo(Outcome.UNCLEAN);
            assertThat(report.exitCode()).isEmpty();
            Failure failure = daemon.info("a").lastFailure().orElseThrow();
            assertThat(report.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.ended()).isEqualTo(Ending.FAILED);
                assertThat(entry.why()).isEqualTo(Thrown.summary(failure));
            });
            assertThat(failure.type()).isEqualTo(thrown.getClass().getName());
            assertThat(daemon.state("a")).as("its clean-up has run").isEqualTo(SubsystemState.STOPPED);
            assertThat(daemon.events.texts()).endsWith("Stopping a", "Failed a", "Stopped a");
            assertThat(log.lines()).containsOnlyOnce("WARN a#1 STOPPING: it failed while it stopped");
        }
    }

    @ParameterizedTest
    @MethodSource("waysOut")
    void theWayOutIsNoFailure(Throwable thrown) {
        daemon.add("a").run(throwing(thrown));
        daemon.started();
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            ShutdownReport report = stopped();
            assertThat(report.outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(report.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.ended()).isEqualTo(Ending.STOPPED);
                assertThat(entry.why()).isEmpty();
            });
            assertThat(daemon.events.texts(SubsystemEvent.Failed.class)).isEmpty();
            assertThat(log.lines()).contains("DEBUG a#1 left its body as it was stopped");
        }
    }

    @Test
    void aStageThatFailsWhileItStopsHasNotStoppedCleanly() {
        daemon.add("a").runAsync(context -> context.whenShutdown().thenRun(() -> {
            throw new IllegalStateException("flush failed");
        }));
        daemon.started();
        ShutdownReport report = stopped();
        assertThat(report.outcome()).isEqualTo(Outcome.UNCLEAN);
        assertThat(report.entries()).singleElement().hasToString("Entry[subsystem=a, was=RUNNING, ended=FAILED, took=PT0S, "
                + "why=IllegalStateException: flush failed]");
    }

    @Test
    void everyActionThatFailsIsAFailure() {
        daemon.add("a").run(context -> {
            context.onShutdown(() -> {
                throw new AssertionError("first");
            });
            context.onShutdown(() -> {
                throw new IllegalStateException("second");
            });
            context.await();
        });
        daemon.started();
        ShutdownReport report = stopped();
        assertThat(report.outcome()).isEqualTo(Outcome.UNCLEAN);
        assertThat(report.entries()).singleElement().extracting(ShutdownReport.Entry::ended).isEqualTo(Ending.FAILED);
        assertThat(daemon.info("a").failures()).isEqualTo(2);
    }

    @Test
    void anActionThatIsRegisteredAfterTheEndFailsAloud() throws Exception {
        CompletableFuture<ShutdownHandle> handle = new CompletableFuture<>();
        daemon.add("a").run(context -> {
            handle.complete(context);
            context.await();
        });
        daemon.started();
        ShutdownHandle ended = TestDaemon.get(handle);
        ShutdownReport report = stopped();
        assertThat(report.outcome()).isEqualTo(Outcome.CLEAN);
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            ended.onShutdown(() -> {
                throw new IllegalStateException("too late");
            });
            // It is said on the event loop, which another thread may be at.
            daemon.time.advance(Duration.ZERO);
            assertThat(log.lines()).contains("WARN a#1 is over or was abandoned, and its onShutdown actions threw");
        }
    }

    @Test
    void workOfOthersThatFailsWhileItStopsIsAFailure() {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        WorkInFlight errand = daemon.engine().beginErrand("a").orElseThrow();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        errand.fail(new IllegalStateException("not compacted"));
        TestDaemon.get(stop);
        ShutdownReport report = daemon.engine().lastShutdown().orElseThrow();
        assertThat(report.outcome()).isEqualTo(Outcome.UNCLEAN);
        assertThat(report.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.ended()).isEqualTo(Ending.FAILED);
            assertThat(entry.why()).isEqualTo("IllegalStateException: not compacted");
        });
    }

    @Test
    void itIsAFailureAlsoIfTheEndOfTheBodyIsYetToBeDealtWith() throws Exception {
        CompletableFuture<Thread> body = new CompletableFuture<>();
        daemon.add("a").run(context -> {
            body.complete(Thread.currentThread());
            context.await();
            TestDaemon.ignoringInterrupts(release);
        });
        daemon.started();
        WorkInFlight errand = daemon.engine().beginErrand("a").orElseThrow();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        new Thread(() -> daemon.post(() -> {
            held.countDown();
            TestDaemon.ignoringInterrupts(goOn);
        })).start();
        assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        TestDaemon.get(body).join(20_000);
        errand.fail(new IllegalStateException("not compacted"));
        goOn.countDown();
        TestDaemon.get(stop);
        assertThat(daemon.engine().lastShutdown().orElseThrow().outcome()).isEqualTo(Outcome.UNCLEAN);
        assertThat(daemon.info("a").failures()).isEqualTo(1);
    }

    @Test
    void aStartThatFailsAsItIsCancelledIsAFailure() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        daemon.add("a").onStart(context -> {
            starting.countDown();
            TestDaemon.ignoringInterrupts(release);
            throw new IOException("half open");
        });
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        assertThat(starting.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        release.countDown();
        TestDaemon.get(stop);
        ShutdownReport report = daemon.engine().lastShutdown().orElseThrow();
        assertThat(start).failsWithin(Duration.ofSeconds(20));
        assertThat(report.outcome()).isEqualTo(Outcome.UNCLEAN);
        assertThat(report.entries()).singleElement().hasToString(
                "Entry[subsystem=a, was=STARTING, ended=FAILED, took=PT0S, why=IOException: half open]");
    }

    @Test
    void aSubsystemThatStopsAloneFailsAloudButStops() {
        daemon.add("a").run(throwing(new IOException("not flushed"))).restart(restart -> restart
                .withPolicy(RestartPolicy.NEVER));
        daemon.started();
        TestDaemon.get(daemon.engine().stop("a"));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.info("a").failures()).isEqualTo(1);
        assertThat(Thrown.summary(daemon.info("a").lastFailure().orElseThrow())).isEqualTo("IOException: not flushed");
        TestDaemon.get(daemon.engine().start("a"));
        TestDaemon.get(daemon.engine().restart("a"));
        assertThat(daemon.state("a")).as("no policy has a say").isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.info("a").failures()).isEqualTo(2);
        daemon.stop();
    }

    /** A dependent that stops only because of that does not spend its budget of restarts. */
    @Test
    void aDependentThatFailsWhileItStopsComesBackWithItsDependency() {
        Bodies below = new Bodies();
        daemon.add("a").run(below::run).restart(restart -> restart);
        daemon.add("b", "a").run(throwing(new IOException("not flushed")));
        daemon.started();
        below.end(1).completeExceptionally(new IllegalStateException("broken"));
        daemon.events.await("Restarting a");
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.events.await("Started a", 2);
        daemon.events.await("Started b", 2);
        assertThat(daemon.info("b").failures()).isEqualTo(1);
        assertThat(daemon.info("b").restarts()).isZero();
        daemon.stop();
    }

    @Test
    void anAbandonedBodyThatFailsInTheEndFailsAloud() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            try {
                TestDaemon.ignoringInterrupts(release);
                throw new IOException("not flushed");
            } finally {
                failed.countDown();
            }
        });
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(Duration.ofSeconds(10));
        TestDaemon.get(stop);
        String line = "WARN a#1 is over or was abandoned, and its body threw";
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            release.countDown();
            assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!log.lines().contains(line) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(log.lines()).contains(line);
        }
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;

/** A thread that waits for the end of the process, as one in {@code System.exit} does, is not waited for. */
@Timeout(60)
class ExitTest {

    private static final ShutdownReason END = new ShutdownReason.Requested("the end of the JVM");

    private final TestDaemon daemon = new TestDaemon();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch exiting = new CountDownLatch(1);

    @AfterEach
    void release() {
        release.countDown();
    }

    /** What {@link TestProcess} takes for {@code System.exit}. */
    private void exit() {
        exiting.countDown();
        TestDaemon.ignoringInterrupts(release);
    }

    private ShutdownReport end() throws Exception {
        daemon.engine().shutdownCoordinator().endOfJvm(END, true);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        assertThat(exiting.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(Duration.ofMillis(50));
        daemon.time.advance(Duration.ofMillis(100));
        TestDaemon.get(stop);
        return daemon.engine().lastShutdown().orElseThrow();
    }

    private void assertStopped(ShutdownReport report) {
        assertThat(report.outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(report.entries()).extracting(ShutdownReport.Entry::ended).containsOnly(Ending.STOPPED);
        assertThat(daemon.events.texts()).doesNotContain("StopTimedOut a");
    }

    @Test
    void inABody() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        daemon.add("below").run(ShutdownHandle::await);
        daemon.add("a", "below").run(context -> exit()).onStop(context -> closed.countDown());
        daemon.started();
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            assertStopped(end());
            assertThat(closed.getCount()).as("it is cleaned up").isZero();
            assertThat(log.lines()).contains("INFO a#1 ends the process from its body (System.exit or Quarkus.blockingExit), so"
                    + " the shutdown does not wait for that thread");
        }
    }

    @Test
    void inACleanUp() throws Exception {
        daemon.add("a").run(ShutdownHandle::await).onStop(context -> exit());
        daemon.started();
        assertStopped(end());
    }

    /** It may be over before the end of the JVM is heard of. */
    @Test
    void fromThenOnTheExitCodeIsNotKnown() throws Exception {
        daemon.add("a").run(ShutdownHandle::await).onStop(context -> exit());
        daemon.started();
        daemon.engine().shutdownCoordinator().begin(new ShutdownReason.Requested("Daemon.shutdown(7)"), OptionalInt.of(7));
        daemon.engine().shutdownCoordinator().processEnds();
        CompletableFuture<Void> stop = daemon.stopLater();
        assertThat(exiting.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(Duration.ofMillis(50));
        daemon.time.advance(Duration.ofMillis(100));
        TestDaemon.get(stop);
        assertThat(daemon.engine().lastShutdown().orElseThrow().exitCode()).isEmpty();
    }

    @Test
    void inAForkedTask() throws Exception {
        daemon.add("a").run(context -> {
            context.fork("x", this::exit);
            context.await();
        });
        daemon.started();
        assertThat(exiting.await(20, TimeUnit.SECONDS)).isTrue();
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            assertStopped(end());
            assertThat(log.lines())
                    .contains("INFO a#1 ends the process from its task 'x' (System.exit or Quarkus.blockingExit),"
                            + " so the shutdown does not wait for that thread");
        }
    }

    @Test
    void inAnAction() throws Exception {
        daemon.add("a").run(context -> {
            context.onShutdown(this::exit);
            context.await();
        });
        daemon.started();
        assertStopped(end());
    }

    @Test
    void inAProbe() throws Exception {
        daemon.add("a").run(ShutdownHandle::await).healthy(() -> {
            exit();
            return CompletableFuture.completedStage(true);
        });
        daemon.started();
        daemon.time.advance(Duration.ofSeconds(5));
        assertThat(exiting.await(20, TimeUnit.SECONDS)).isTrue();
        assertStopped(end());
    }

    @Test
    void inAStart() throws Exception {
        daemon.add("a").onStart(context -> exit());
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        assertThat(exiting.await(20, TimeUnit.SECONDS)).isTrue();
        assertStopped(end());
        assertThat(start).failsWithin(Duration.ofSeconds(20));
    }

    @Test
    void inAReload() throws Exception {
        daemon.add("a").onReload(change -> {
            exit();
            return null;
        });
        daemon.started();
        daemon.ask(name -> true, Duration.ofSeconds(60), Asking.CHANGE, Asking.INVERSE, Asking.NOTHING);
        assertThat(exiting.await(20, TimeUnit.SECONDS)).isTrue();
        assertStopped(end());
    }

    /** Ends the process only when it is asked to. */
    private CountDownLatch addExitingLater() {
        CountDownLatch go = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            TestDaemon.ignoringInterrupts(go);
            exit();
        });
        return go;
    }

    private void exitsNow(CountDownLatch go) throws InterruptedException {
        go.countDown();
        assertThat(exiting.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void longAfterTheStop() throws Exception {
        CountDownLatch go = addExitingLater();
        daemon.started();
        daemon.engine().shutdownCoordinator().endOfJvm(END, true);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(Duration.ofSeconds(3));
        assertThat(stop).isNotDone();
        exitsNow(go);
        daemon.time.advance(Duration.ofSeconds(1));
        TestDaemon.get(stop);
        assertStopped(daemon.engine().lastShutdown().orElseThrow());
    }

    @Test
    void afterASecondOrder() throws Exception {
        CountDownLatch go = addExitingLater();
        daemon.started();
        ShutdownReason.Signal signal = new ShutdownReason.Signal(15, "TERM");
        daemon.engine().shutdownCoordinator().signalled(signal, 143);
        daemon.engine().shutdownCoordinator().endOfJvm(END, true);
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.time.advance(Duration.ofSeconds(2));
        daemon.engine().shutdownCoordinator().signalled(signal, 143);
        daemon.time.advance(Duration.ZERO);
        exitsNow(go);
        daemon.time.advance(Duration.ofMillis(50));
        TestDaemon.get(stop);
        assertThat(daemon.engine().lastShutdown().orElseThrow().entries()).extracting(ShutdownReport.Entry::ended)
                .containsExactly(Ending.FORCED);
    }

    @Test
    void aThreadThatWaitsForSomethingElseIsWaitedFor() throws Exception {
        daemon.add("a").run(context -> TestDaemon.ignoringInterrupts(release));
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.engine().shutdownCoordinator().endOfJvm(END, true);
        daemon.time.advance(Duration.ofMillis(9_999));
        assertThat(stop).isNotDone();
        daemon.time.advance(Duration.ofMillis(1));
        TestDaemon.get(stop);
        assertThat(daemon.engine().lastShutdown().orElseThrow().outcome()).isEqualTo(Outcome.UNCLEAN);
    }

    /** That of the first System.exit is, which the report cannot know. */
    @Test
    void theExitCodeOfAShutdownIsNotThatOfAProcessWhichIsEndedMeanwhile() {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        daemon.engine().shutdown(7);
        daemon.engine().shutdownCoordinator().endOfJvm(END, false);
        daemon.stop();
        ShutdownReport report = daemon.engine().lastShutdown().orElseThrow();
        assertThat(report.exitCode()).isEmpty();
        assertThat(report.reason()).contains(new ShutdownReason.Requested("Daemon.shutdown(7)"));
    }

    @Test
    void anEndThatTheDaemonHasOrderedHasTheExitCodeItWasGiven() {
        daemon.add("a").run(ShutdownHandle::await);
        daemon.started();
        daemon.engine().shutdown(7);
        daemon.engine().shutdownCoordinator().endOfJvm(END, true);
        daemon.stop();
        daemon.engine().shutdownCoordinator().endOfJvm(END, false);
        assertThat(daemon.engine().shutdownCoordinator().exitCode()).hasValue(7);
        assertThat(daemon.engine().lastShutdown().orElseThrow().exitCode()).isEqualTo(OptionalInt.of(7));
    }

    @Test
    void theRealOneIsKnownByItsStack() {
        assertThat(ProcessControl.NONE.isAwaitedBy(new StackTraceElement[] {
                new StackTraceElement("java.lang.Object", "wait", null, -2),
                new StackTraceElement("java.lang.Shutdown", "exit", null, 1),
                new StackTraceElement("java.lang.Runtime", "exit", null, 1) })).isTrue();
        assertThat(ProcessControl.NONE.isAwaitedBy(new Throwable().getStackTrace())).isFalse();
    }
}

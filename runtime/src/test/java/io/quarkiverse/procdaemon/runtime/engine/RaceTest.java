package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;

/**
 * Two things at the same moment, again and again; {@code -Dengine.races=N} says how often (each test, default 100). These are
 * not jcstress tests because each outcome involves the engine's own threads, of which jcstress knows nothing.
 */
@Timeout(600)
class RaceTest {

    private static final int RACES = Integer.getInteger("engine.races", 100);

    private final CyclicBarrier barrier = new CyclicBarrier(2);
    private Bodies bodies = new Bodies();

    /** Does both at once; returns when both are done. */
    private void race(Runnable one, Runnable other) throws Exception {
        CompletableFuture<Void> rival = CompletableFuture.runAsync(() -> {
            await();
            one.run();
        });
        await();
        other.run();
        TestDaemon.get(rival);
    }

    private void await() {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new AssertionError("the rival did not come", late);
        }
    }

    private static void restartAtOnce(TestDaemon.Part part) {
        part.restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0).withBudget(-1, Duration.ofSeconds(1)));
    }

    private void assertOver(TestDaemon daemon) {
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
        assertThat(daemon.engine().subsystems()).extracting(SubsystemInfo::state).containsOnly(SubsystemState.STOPPED);
        assertThat(daemon.time.scheduled()).isZero();
        EventChecks.assertLegal(daemon.events.all());
        assertThat(bodies.overlaps()).as("two runs at once").isZero();
        assertThat(bodies.running()).as("bodies still running").isZero();
    }

    @Test
    void aFailureAgainstAStopByHand() throws Exception {
        TestDaemon daemon = new TestDaemon();
        restartAtOnce(daemon.add("a").run(bodies::run));
        daemon.add("b", "a");
        daemon.started();
        for (int i = 0; i < RACES; i++) {
            CompletableFuture<Void> end = bodies.end(daemon.info("a").generation());
            CompletionStage<?>[] stopped = new CompletionStage<?>[1];
            race(() -> end.completeExceptionally(new IOException("broken")), () -> stopped[0] = daemon.engine().stop("a"));
            TestDaemon.get(stopped[0]);
            assertThat(daemon.state("a")).as("a stopped subsystem stays stopped").isEqualTo(SubsystemState.STOPPED);
            TestDaemon.get(daemon.engine().start("a"));
        }
        daemon.stop();
        assertOver(daemon);
    }

    @Test
    void aRestartByHandAgainstAShutdown() throws Exception {
        for (int i = 0; i < RACES; i++) {
            bodies = new Bodies();
            TestDaemon daemon = new TestDaemon();
            restartAtOnce(daemon.add("a").run(bodies::run));
            daemon.add("b", "a");
            daemon.started();
            CompletionStage<?>[] restarted = new CompletionStage<?>[1];
            race(() -> restarted[0] = daemon.engine().restart("a"), daemon::stop);
            assertDoneOrSuperseded(restarted[0]);
            assertOver(daemon);
        }
    }

    @Test
    void aRestartByPolicyAgainstAShutdown() throws Exception {
        for (int i = 0; i < RACES; i++) {
            bodies = new Bodies();
            TestDaemon daemon = new TestDaemon();
            restartAtOnce(daemon.add("a").run(bodies::run));
            daemon.add("b", "a");
            daemon.started();
            race(() -> bodies.end(1).completeExceptionally(new IOException("broken")), daemon::stop);
            assertOver(daemon);
        }
    }

    @Test
    void aRegistrationAgainstAShutdown() throws Exception {
        for (int i = 0; i < RACES; i++) {
            bodies = new Bodies();
            TestDaemon daemon = new TestDaemon();
            daemon.add("a");
            daemon.started();
            CompletionStage<?>[] registered = new CompletionStage<?>[1];
            race(() -> registered[0] = register(daemon), daemon::stop);
            assertDoneOrSuperseded(registered[0]);
            assertOver(daemon);
        }
    }

    private CompletionStage<?> register(TestDaemon daemon) {
        try {
            return daemon.engine().newSubsystem("b").dependsOn("a").run(bodies::run).register();
        } catch (DaemonStateException tooLate) {
            return CompletableFuture.failedFuture(tooLate);
        }
    }

    @Test
    void aHeartbeatAgainstItsTimeout() throws Exception {
        Duration timeout = Duration.ofSeconds(1);
        TestDaemon daemon = new TestDaemon();
        restartAtOnce(daemon.add("a").run(bodies::run).settings(settings -> settings.withHeartbeatTimeout(timeout)));
        daemon.add("other");
        daemon.started();
        int failures = 0;
        for (int i = 0; i < RACES; i++) {
            SubsystemContext context = TestDaemon.get(bodies.context(failures + 1));
            race(context::heartbeat, () -> daemon.time.advance(timeout));
            // Changes nothing, but is done after all messages that are on their way.
            TestDaemon.get(daemon.engine().start("other"));
            SubsystemInfo info = daemon.info("a");
            if (info.failures() == failures) {
                assertThat(info.state()).isEqualTo(SubsystemState.RUNNING);
                assertThat(info.generation()).isEqualTo(failures + 1);
            } else {
                assertThat(info.failures()).as("one run fails once").isEqualTo(++failures);
            }
        }
        TestDaemon.get(bodies.context(failures + 1));
        assertThat(daemon.info("a").restarts()).isEqualTo(failures);
        daemon.stop();
        assertOver(daemon);
    }

    private static void assertDoneOrSuperseded(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            assertThat(failed.getCause()).isInstanceOfAny(SubsystemException.class, DaemonStateException.class);
            assertThat(failed.getCause().getMessage()).matches("PD-4006.*|PD-8001.*shutting down");
        }
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.TestDaemon.Part;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/** Rules that change while subsystems run under them: each is read when it is needed. */
@Timeout(60)
class LiveSettingsTest {

    private static final IllegalStateException BROKEN = new IllegalStateException("broken");

    private final TestDaemon daemon = new TestDaemon();
    private final Bodies bodies = new Bodies();
    private final CountDownLatch release = new CountDownLatch(1);

    private Part failing() {
        return daemon.add("a").run(context -> {
            CompletableFuture<Void> end = bodies.end(context.generation());
            context.onShutdown(() -> end.complete(null));
            bodies.context(context.generation()).complete(context);
            end.join();
        }).critical(false).restart(restart -> restart);
    }

    private void fail(long generation) {
        bodies.end(generation).completeExceptionally(BROKEN);
    }

    @Test
    void theNextBackOffIsTheNewOne() throws Exception {
        Part part = failing();
        daemon.started();
        fail(1);
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        part.restart(restart -> restart.withDelays(Duration.ofSeconds(3), Duration.ofMinutes(1), 5, 0));
        daemon.time.advance(Duration.ofMillis(100));
        fail(2);
        daemon.time.awaitNextIn(Duration.ofSeconds(15));
        assertThat(daemon.info("a").restarts()).isEqualTo(2);
        daemon.stop();
    }

    @Test
    void theNextFailureIsJudgedByTheNewPolicyAndBudget() throws Exception {
        Part part = failing().restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
        daemon.started();
        fail(1);
        TestDaemon.get(bodies.context(2));
        part.restart(restart -> restart.withBudget(1, Duration.ofHours(1)));
        fail(2);
        daemon.events.await("GaveUp a");
        assertThat(gaveUp().reason()).isEqualTo("it was restarted once within 60m, which is all that "
                + "subsystem.restart.max-restarts allows");
        TestDaemon.get(daemon.engine().start("a"));
        part.settings(settings -> settings.withRestart(restart -> restart.withPolicy(RestartPolicy.NEVER)));
        assertThat(daemon.info("a").restart()).isEqualTo(RestartPolicy.NEVER);
        fail(3);
        daemon.events.await("GaveUp a", 2);
        assertThat(gaveUp().reason()).isEqualTo("its restart policy is NEVER");
        daemon.stop();
    }

    private SubsystemEvent.GaveUp gaveUp() {
        return daemon.events.all().stream().filter(SubsystemEvent.GaveUp.class::isInstance)
                .map(SubsystemEvent.GaveUp.class::cast).reduce((first, last) -> last).orElseThrow();
    }

    @Test
    void aBodyThatReturnedUnderAnotherPolicyHasStoppedIfThatIsWhatTheNewOneSays() throws Exception {
        CountDownLatch cleaningUp = new CountDownLatch(1);
        Part part = failing().onStop(context -> {
            cleaningUp.countDown();
            release.await();
        }).restart(restart -> restart.withPolicy(RestartPolicy.ALWAYS));
        part.settings(settings -> settings.withRestart(restart -> restart.withPolicy(RestartPolicy.ALWAYS)));
        daemon.started();
        bodies.end(1).complete(null);
        assertThat(cleaningUp.await(20, TimeUnit.SECONDS)).isTrue();
        part.restart(restart -> restart);
        release.countDown();
        daemon.events.await("Stopped a");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.info("a").failures()).isZero();
        assertThat(daemon.time.scheduled()).isZero();
        daemon.stop();
    }

    @Test
    void whatGivesUpByOneSetOfRulesDoesWhatThatOneSays() {
        SubsystemSettings old = SubsystemSettings.declared(RestartPolicy.NEVER, false);
        SubsystemSettings next = SubsystemSettings.declared(RestartPolicy.ON_FAILURE, true);
        AtomicBoolean looking = new AtomicBoolean(true);
        // The rules change as soon as it has been decided by the old ones that it is FAILED.
        failing().source(() -> {
            if (!looking.compareAndSet(false, true)) {
                return old;
            }
            try {
                return daemon.state("a") == SubsystemState.FAILED ? next : old;
            } finally {
                looking.set(false);
            }
        });
        daemon.started();
        TestDaemon.get(bodies.context(1));
        looking.set(false);
        fail(1);
        daemon.events.await("GaveUp a");
        TestDaemon.get(daemon.engine().stop("a"));
        assertThat(daemon.exit).isNotDone();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.RUNNING);
        daemon.stop();
    }

    @Test
    void theNextStopIsForcedAtTheNewTimeout() throws Exception {
        Part part = daemon.add("a").run(context -> TestDaemon.ignoringInterrupts(release)).critical(false);
        daemon.started();
        part.settings(settings -> settings.withStopTimeout(Duration.ofSeconds(2)));
        CompletionStage<Void> stopped = daemon.engine().stop("a");
        daemon.time.awaitNextIn(Duration.ofSeconds(2));
        release.countDown();
        TestDaemon.get(stopped);
        daemon.stop();
    }

    @Test
    void aStartThatIsLateIsLateByTheTimeoutItBeganWith() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Part part = daemon.add("a").critical(false).onStart(context -> {
            begun.countDown();
            release.await();
        });
        daemon.started();
        begun.await();
        daemon.time.awaitNextIn(Duration.ofSeconds(30));
        part.settings(settings -> settings.withStartTimeout(Duration.ofSeconds(7)));
        daemon.engine().settingsChanged();
        daemon.time.advance(Duration.ofSeconds(30));
        daemon.events.await("GaveUp a");
        assertThat(daemon.failure("a")).isEqualTo("PD-7001: subsystem 'a' has not started "
                + "within 30s and was interrupted; raise subsystem.start-timeout if it needs longer; the stack shows"
                + " where it was");
        CompletionStage<Void> again = daemon.engine().start("a");
        daemon.time.awaitNextIn(Duration.ofSeconds(7));
        release.countDown();
        TestDaemon.get(again);
        daemon.stop();
    }

    @Test
    void theNextPhaseIsOnTheNewKindOfThread() {
        CompletableFuture<Class<?>> thread = new CompletableFuture<>();
        Part part = failing().onStop(context -> thread.complete(Thread.currentThread().getClass()));
        daemon.started();
        part.settings(settings -> settings.withThread(ThreadKind.PLATFORM));
        fail(1);
        assertThat(TestDaemon.get(thread)).as("no virtual one").isEqualTo(Thread.class);
        daemon.stop();
    }

    @Test
    void whetherDependentsStopIsReadWhenItGoesDown() {
        Part part = failing().restart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0));
        daemon.add("b", "a").run(ShutdownHandle::await).critical(false);
        daemon.started();
        daemon.events.await("Started b");
        part.settings(settings -> settings.withStopsDependents(false));
        fail(1);
        TestDaemon.get(bodies.context(2));
        assertThat(daemon.info("b").generation()).isOne();
        part.settings(settings -> settings.withStopsDependents(true));
        fail(2);
        daemon.events.await("Started b", 2);
        assertThat(daemon.info("b").generation()).isEqualTo(2);
        daemon.stop();
    }

    @Test
    void whoIsCriticalAndWhatFollowsIsReadWhenItFails() {
        Part part = failing();
        part.settings(settings -> settings.withRestart(restart -> restart.withPolicy(RestartPolicy.NEVER)));
        daemon.started();
        assertThat(daemon.info("a").critical()).isFalse();
        part.critical(true);
        assertThat(daemon.info("a").critical()).isTrue();
        fail(1);
        assertThat(TestDaemon.get(daemon.exit)).isOne();
        daemon.stop();
    }

    @Test
    void aStartNoLongerWaitsForWhatIsNoLongerCritical() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        Part part = daemon.add("a").onStart(context -> {
            starting.countDown();
            release.await();
        });
        CompletableFuture<TestDaemon> started = CompletableFuture.supplyAsync(daemon::started);
        assertThat(starting.await(20, TimeUnit.SECONDS)).isTrue();
        part.critical(false);
        assertThat(daemon.engine().hasStarted()).isFalse();
        daemon.engine().settingsChanged();
        TestDaemon.get(started);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STARTING);
        release.countDown();
        daemon.stop();
    }

    @Test
    void whatStopsAloneIsAbandonedByTheNewMomentsOfTheShutdown() throws Exception {
        daemon.add("a").run(context -> TestDaemon.ignoringInterrupts(release)).critical(false);
        daemon.started();
        daemon.engine().shutdownCoordinator().timeouts(
                new ShutdownTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(15)));
        CompletionStage<Void> stopped = daemon.engine().stop("a");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.events.await("StopTimedOut a");
        daemon.time.awaitNextIn(Duration.ofSeconds(3));
        daemon.time.advance(Duration.ofSeconds(3));
        assertThatThrownBy(() -> TestDaemon.get(stopped)).hasMessageContaining("was abandoned in its body");
        release.countDown();
        daemon.stop();
    }

    @Test
    void theMomentsOfAShutdownThatHasBegunStay() {
        daemon.add("a").run(context -> TestDaemon.ignoringInterrupts(release)).critical(false);
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping a");
        daemon.engine().shutdownCoordinator().timeouts(
                new ShutdownTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
        daemon.time.advance(Duration.ofMillis(9_999));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPING);
        daemon.time.advance(Duration.ofMillis(1));
        TestDaemon.get(stop);
        release.countDown();
    }

    @Test
    void theRulesOfWhatIsRegisteredByHandAreLiveAndKeepWhatWasDeclared() {
        AtomicReference<Duration> timeout = new AtomicReference<>(Duration.ofSeconds(30));
        daemon.registered = (name, restart, critical) -> () -> SubsystemSettings.declared(restart, critical)
                .withStopTimeout(timeout.get()).withCritical(critical && timeout.get().toSeconds() > 10);
        daemon.add("a");
        daemon.started();
        var builder = daemon.engine().newSubsystem("hand").restart(RestartPolicy.ALWAYS).run(() -> {
            release.await();
        });
        TestDaemon.get(builder.register());
        builder.restart(RestartPolicy.NEVER);
        assertThat(daemon.info("hand").critical()).isTrue();
        timeout.set(Duration.ofSeconds(2));
        assertThat(daemon.info("hand").critical()).isFalse();
        assertThat(daemon.info("hand").restart()).isEqualTo(RestartPolicy.ALWAYS);
        release.countDown();
        daemon.stop();
    }
}

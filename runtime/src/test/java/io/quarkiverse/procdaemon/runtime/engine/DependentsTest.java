package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemState;

/** What becomes of dependents when what they depend on is restarted. */
@Timeout(60)
class DependentsTest {

    private final TestDaemon daemon = new TestDaemon();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private final CountDownLatch crash = new CountDownLatch(1);

    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn).onStart(context -> calls.add("start " + name)).run(ShutdownHandle::await)
                .onStop(context -> calls.add("stop " + name));
    }

    /** Its first run fails on request. */
    private TestDaemon.Part addFailing(String name, String... dependsOn) {
        return add(name, dependsOn).run(context -> {
            if (context.generation() == 1) {
                crash.await();
                throw new IOException("broken");
            }
            context.await();
        }).restart(restart -> restart);
    }

    @Test
    void theyStopFirstAndStartAgainAfter() throws Exception {
        addFailing("a");
        add("b", "a");
        add("c", "b");
        add("other");
        daemon.started();
        calls.clear();
        crash.countDown();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        assertThat(calls).containsExactly("stop c", "stop b", "stop a");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RESTARTING);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.WAITING);
        assertThat(daemon.info("b").reason()).contains("waits for 'a', which is RESTARTING: IOException: broken");
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.WAITING);
        assertThat(daemon.info("c").reason()).contains("waits for 'b', which is WAITING");
        assertThat(daemon.state("other")).isEqualTo(SubsystemState.RUNNING);

        calls.clear();
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started c", 2);
        assertThat(calls).containsExactly("start a", "start b", "start c");
        assertThat(daemon.info("b").restarts()).as("its own restarts").isZero();
        assertThat(daemon.info("b").failures()).isZero();
        assertThat(daemon.info("other").generation()).isEqualTo(1);
        daemon.stop();
    }

    @Test
    void theyMayBeLeftRunning() throws Exception {
        addFailing("a").settings(settings -> settings.withStopsDependents(false));
        add("b", "a");
        daemon.started();
        calls.clear();
        crash.countDown();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        assertThat(calls).containsExactly("stop a");
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.RUNNING);
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);
        TestDaemon.get(daemon.engine().restart("a"));
        assertThat(daemon.info("a").generation()).isEqualTo(3);
        assertThat(daemon.info("b").generation()).isEqualTo(1);
        calls.clear();
        daemon.stop();
        assertThat(calls).containsExactly("stop b", "stop a");
    }

    @Test
    void thoseLeftRunningAreStoppedWithItByHand() throws Exception {
        addFailing("a").settings(settings -> settings.withStopsDependents(false));
        add("b", "a");
        daemon.started();
        crash.countDown();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        TestDaemon.get(daemon.engine().stop("a"));
        daemon.events.await("Waiting b", 2);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.time.scheduled()).as("no back-off any more").isZero();
        TestDaemon.get(daemon.engine().start("b").toCompletableFuture().exceptionally(unavailable -> null));
        TestDaemon.get(daemon.engine().start("a"));
        daemon.events.await("Started b", 2);
        daemon.stop();
    }

    @Test
    void thoseOfADependentLeftRunningAreLeftToo() throws Exception {
        addFailing("a");
        add("b", "a").settings(settings -> settings.withStopsDependents(false));
        add("c", "b");
        daemon.started();
        calls.clear();
        crash.countDown();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        assertThat(calls).containsExactly("stop b", "stop a");
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.RUNNING);
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started b", 2);
        assertThat(daemon.info("c").generation()).isEqualTo(1);
        daemon.stop();
    }

    /** a <- b <- c <- d, where c runs on without b and so without a. */
    private void stopBelowOneThatIsLeftRunning() {
        add("a").critical(false);
        add("b", "a").settings(settings -> settings.withStopsDependents(false)).critical(false);
        add("c", "b").critical(false);
    }

    @Test
    void whatIsDownBelowOneLeftRunningIsInNobodysWay() {
        stopBelowOneThatIsLeftRunning();
        add("d", "c");
        daemon.started();
        TestDaemon.get(daemon.engine().stop("d"));
        TestDaemon.get(daemon.engine().stop("a"));
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.WAITING);
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.RUNNING);
        TestDaemon.get(daemon.engine().start("d"));
        assertThat(daemon.state("d")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    @Test
    void whatStopsBelowOneLeftRunningIsNotInTheWayOfTheStart() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch startUp = new CountDownLatch(1);
        stopBelowOneThatIsLeftRunning();
        add("d", "c").onStart(context -> {
            starting.countDown();
            startUp.await();
        });
        CompletableFuture<Void> start = CompletableFuture.runAsync(daemon::started);
        assertThat(starting.await(20, TimeUnit.SECONDS)).isTrue();
        TestDaemon.get(daemon.engine().stop("a"));
        startUp.countDown();
        TestDaemon.get(start);
        assertThat(daemon.state("d")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    @Test
    void aStopWhileItStartsBelowThemCountsThemRight() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch startUp = new CountDownLatch(1);
        CountDownLatch stopC = new CountDownLatch(1);
        addFailing("a").settings(settings -> settings.withStopsDependents(false)).onStart(context -> {
            if (context.generation() == 2) {
                starting.countDown();
                startUp.await();
            }
        });
        add("c", "a").run(context -> {
            context.await();
            stopC.await();
        });
        daemon.started();
        crash.countDown();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        daemon.time.advance(Duration.ofMillis(100));
        starting.await();
        CompletionStage<Void> stopped = daemon.engine().stop("a");
        daemon.events.await("Stopping c");
        startUp.countDown();
        daemon.events.await("Started a", 2);
        stopC.countDown();
        TestDaemon.get(stopped);
        assertThat(daemon.info("c").reason()).contains("waits for 'a', which is STOPPED");
        TestDaemon.get(daemon.engine().start("a"));
        daemon.events.await("Started c", 2);
        TestDaemon.get(daemon.engine().stop("a"));
        daemon.events.await("Stopped c", 2);
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.WAITING);
        daemon.stop();
    }

    @Test
    void whoWaitsForAStartHearsThatADependencyFailedForGood() throws Exception {
        CountDownLatch restarted = new CountDownLatch(1);
        CompletableFuture<Void> failNow = new CompletableFuture<>();
        add("a").run(context -> {
            if (context.generation() == 2) {
                restarted.countDown();
            }
            failNow.get();
        }).restart(restart -> restart.withBudget(0, Duration.ofSeconds(1)).withShutdownWhenExhausted(false));
        add("b", "a");
        add("c", "b");
        daemon.started();
        TestDaemon.get(daemon.engine().stop("c"));
        TestDaemon.get(daemon.engine().stop("b"));
        failNow.completeExceptionally(new IOException("broken"));
        daemon.events.await("GaveUp a");
        CompletionStage<Void> start = daemon.engine().start("b");
        assertThatThrownBy(() -> TestDaemon.get(start)).hasMessage(
                "PD-4005: subsystem 'b' waits for 'a', which is FAILED; it starts when 'a' is started");
        daemon.stop();
    }

    @Test
    void whoWaitsBehindABackOffHearsOfItWhenItIsOver() throws Exception {
        CountDownLatch bCrash = new CountDownLatch(1);
        CountDownLatch aCrash = new CountDownLatch(1);
        add("a").run(context -> {
            aCrash.await();
            throw new IOException("a is broken");
        }).critical(false);
        add("b", "a").run(context -> {
            bCrash.await();
            throw new IOException("b is broken");
        }).restart(restart -> restart.withShutdownWhenExhausted(false));
        add("c", "b");
        daemon.started();
        bCrash.countDown();
        daemon.time.awaitNextIn(Duration.ofMillis(100));
        CompletionStage<Void> start = daemon.engine().start("c");
        aCrash.countDown();
        daemon.events.await("GaveUp a");
        assertThatThrownBy(() -> TestDaemon.get(start)).hasMessage(
                "PD-4005: subsystem 'c' waits for 'a', which is FAILED; it starts when 'a' is started");
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Waiting b", 2);
        daemon.stop();
    }
}

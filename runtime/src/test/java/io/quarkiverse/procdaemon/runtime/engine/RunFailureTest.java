package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;

@Timeout(60)
class RunFailureTest {

    private final TestDaemon daemon = new TestDaemon();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private final CountDownLatch crash = new CountDownLatch(1);

    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn).run(ShutdownHandle::await).onStop(context -> {
            calls.add("stop " + name);
        });
    }

    @Test
    void aCrashOfACriticalSubsystemEndsTheProcessWithCodeOne() {
        add("a").run(context -> {
            crash.await();
            throw new IllegalStateException("broken");
        });
        CompletableFuture<ShutdownReason> told = new CompletableFuture<>();
        add("b", "a").run(context -> {
            context.await();
            told.complete(context.reason().orElseThrow());
        });
        add("c");
        daemon.started();
        crash.countDown();

        assertThat(TestDaemon.get(daemon.exit)).isEqualTo(1);
        assertThat(daemon.engine().shutdownCoordinator().exitCode()).hasValue(1);
        assertThat(TestDaemon.get(told)).isEqualTo(new ShutdownReason.DependencyLost("a"));
        assertThat(calls).containsExactly("stop b", "stop a");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.WAITING);
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.RUNNING);
        Failure failure = daemon.info("a").lastFailure().orElseThrow();
        assertThat(failure.phase()).isEqualTo(SubsystemEvent.Phase.RUN);
        assertThat(Thrown.summary(failure)).isEqualTo("IllegalStateException: broken");
        assertThat(daemon.info("a").failures()).isEqualTo(1);

        daemon.engine().shutdown(7);
        daemon.stop();
        assertThat(daemon.engine().shutdownCoordinator().exitCode()).as("the first cause fixes the code").hasValue(1);
        SubsystemEvent.Stopping stopping = (SubsystemEvent.Stopping) daemon.events.all().stream()
                .filter(event -> event instanceof SubsystemEvent.Stopping && event.subsystem().equals("c")).findFirst()
                .orElseThrow();
        assertThat(stopping.reason()).isEqualTo(new ShutdownReason.SubsystemFailed("a", failure));
    }

    @Test
    void aCrashOfAnotherLeavesTheDaemonRunning() {
        add("a").run(context -> {
            crash.await();
            throw new IllegalStateException("broken");
        }).critical(false);
        add("b", "a");
        add("c");
        daemon.started();
        crash.countDown();
        daemon.events.await("GaveUp a");
        daemon.events.await("Waiting b", 2);
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.RUNNING);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.WAITING);
        assertThat(daemon.info("b").waitingFor()).containsExactly("a");
        assertThat(daemon.state("c")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.exit).isNotDone();
        daemon.stop();
    }

    @Test
    void aBodyThatReturnsIsStoppedAfterItsDependents() {
        add("a").run(context -> crash.await());
        add("b", "a");
        daemon.started();
        crash.countDown();
        daemon.events.await("Stopped a");
        assertThat(calls).containsExactly("stop b", "stop a");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.WAITING);
        assertThat(daemon.exit).isNotDone();
        daemon.stop();
    }

    @Test
    void aStageThatFailsIsAFailureOfTheBody() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        add("a").runAsync(context -> stage.thenApply(nothing -> nothing));
        daemon.started();
        stage.completeExceptionally(new IllegalArgumentException("late"));
        assertThat(TestDaemon.get(daemon.exit)).isEqualTo(1);
        assertThat(daemon.failure("a")).isEqualTo("IllegalArgumentException: late");
        daemon.stop();
    }

    @Test
    void anErrorIsAFailureToo() {
        add("a").run(context -> {
            throw new StackOverflowError("too deep");
        });
        daemon.started();
        assertThat(TestDaemon.get(daemon.exit)).isEqualTo(1);
        assertThat(daemon.failure("a")).isEqualTo("StackOverflowError: too deep");
        daemon.stop();
    }
}

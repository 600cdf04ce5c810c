package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;

/** A registration is posted, carried out in its turn, and its stage tells what became of it. */
@Timeout(60)
class RegisterTest {

    private final TestDaemon daemon = new TestDaemon();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void release() {
        goOn.countDown();
    }

    private SubsystemBuilder make(String name, String... dependsOn) {
        return daemon.engine().newSubsystem(name).dependsOn(dependsOn).run(ShutdownHandle::await);
    }

    private void hold() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        daemon.post(() -> {
            held.countDown();
            TestDaemon.ignoringInterrupts(goOn);
        });
        assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void itReturnsAtOnceAndTheyComeInTheOrderOfTheCalls() throws Exception {
        daemon.started();
        hold();
        CompletionStage<Void> below = make("below").register();
        CompletionStage<Void> above = make("above", "below").register();
        CompletionStage<Void> again = make("below").register();
        CompletionStage<Void> early = make("early", "late").register();
        CompletionStage<Void> late = make("late").register();
        assertThat(daemon.engine().subsystems()).as("nothing is known of them").isEmpty();
        goOn.countDown();
        TestDaemon.get(below);
        TestDaemon.get(above);
        TestDaemon.get(late);
        assertThatThrownBy(() -> TestDaemon.get(again)).isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("there are two subsystems named 'below'; give one of them another name");
        assertThatThrownBy(() -> TestDaemon.get(early)).isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "subsystem 'early' depends on 'late', which does not exist; known subsystems: above, below");
        assertThat(daemon.engine().subsystems()).extracting(SubsystemInfo::name).containsExactly("below", "above", "late");
        daemon.stop();
    }

    @Test
    void theEventLoopItselfMayRegisterOne() {
        daemon.started();
        CompletableFuture<CompletionStage<Void>> registered = new CompletableFuture<>();
        daemon.post(() -> registered.complete(make("a").register()));
        TestDaemon.get(TestDaemon.get(registered));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    @Test
    void theStageFailsAsTheStartDoes() {
        daemon.started();
        CompletionStage<Void> failing = daemon.engine().newSubsystem("a").critical(false)
                .restart(RestartPolicy.NEVER).onStart(() -> {
                    throw new IllegalStateException("no disk");
                }).register();
        assertThatThrownBy(() -> TestDaemon.get(failing))
                .hasMessage("PD-4002: subsystem 'a' failed to start: IllegalStateException: no disk");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        daemon.stop();
    }

    @Test
    void itIsRefusedDuringAndAfterTheShutdown() throws Exception {
        daemon.add("slow").onStop(context -> TestDaemon.ignoringInterrupts(goOn));
        daemon.started();
        CompletableFuture<Void> stop = daemon.stopLater();
        daemon.events.await("Stopping slow");
        String refusal = "PD-8001: subsystem 'a' is not registered because the daemon is shutting down";
        assertThatThrownBy(() -> TestDaemon.get(make("a").register())).hasMessage(refusal);
        goOn.countDown();
        TestDaemon.get(stop);
        assertThatThrownBy(() -> TestDaemon.get(make("a").register())).hasMessage(refusal);
        assertThat(daemon.engine().subsystem("a")).isEmpty();
    }

    @Test
    void anIntervalIsCheckedFirst() {
        daemon.started();
        CompletionStage<Void> none = daemon.engine().newSubsystem("a").every(Duration.ofSeconds(1)).register();
        assertThatThrownBy(() -> TestDaemon.get(none)).isInstanceOfSatisfying(InvalidConfigurationException.class,
                error -> assertThat(error.problems())
                        .containsExactly("subsystem 'a' has an interval but no body to call; add run(...)"));
        assertThatThrownBy(() -> make("a").every(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the interval PT0S is not greater than zero");
        CompletionStage<Void> unknown = make("a").every("{poll}").register();
        assertThatThrownBy(() -> TestDaemon.get(unknown)).isInstanceOfSatisfying(InvalidConfigurationException.class,
                error -> assertThat(error.problems()).containsExactly("there is no configuration to find '{poll}' in"));
        assertThat(daemon.engine().subsystem("a")).isEmpty();
        daemon.stop();
    }

    @Test
    void whatIsChainedToARefusalDoesNotHoldUpOthers() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        daemon.started();
        hold();
        make("a b").register().whenComplete((nothing, refusal) -> {
            blocked.countDown();
            TestDaemon.ignoringInterrupts(release);
        });
        make("c").register().thenRun(running::countDown);
        goOn.countDown();
        assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        daemon.stop();
    }

    @Test
    void asynchronousPartsAreWaitedFor() {
        CompletableFuture<Void> start = new CompletableFuture<>();
        CompletableFuture<Void> body = new CompletableFuture<>();
        CompletableFuture<Void> stop = new CompletableFuture<>();
        daemon.started();
        CompletionStage<Void> registered = daemon.engine().newSubsystem("a").critical(false).onStartAsync(context -> start)
                .runAsync(context -> body).onStopAsync(context -> stop).register();
        daemon.events.await("Starting a");
        assertThat(registered.toCompletableFuture()).isNotDone();
        start.complete(null);
        TestDaemon.get(registered);
        CompletionStage<Void> stopped = daemon.engine().stop("a");
        daemon.events.await("Stopping a");
        body.complete(null);
        daemon.awaitLoop();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPING);
        stop.complete(null);
        TestDaemon.get(stopped);
        daemon.stop();
    }

    @Test
    void asynchronousCodeThatReturnsNullHasFailed() {
        daemon.started();
        CompletionStage<Void> registered = daemon.engine().newSubsystem("a").critical(false)
                .restart(RestartPolicy.NEVER).onStartAsync(context -> null).register();
        assertThatThrownBy(() -> TestDaemon.get(registered)).hasMessage("PD-4002: subsystem 'a' failed to start: "
                + "NullPointerException: the code of onStartAsync of subsystem 'a' returned null");
        daemon.stop();
    }
}

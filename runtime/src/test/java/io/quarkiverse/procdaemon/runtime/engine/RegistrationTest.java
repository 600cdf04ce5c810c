package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemNotFoundException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;

/** Subsystems that are registered through the API. */
@Timeout(60)
class RegistrationTest {

    private final TestDaemon daemon = new TestDaemon();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();

    private SubsystemBuilder make(String name, String... dependsOn) {
        return daemon.engine().newSubsystem(name).dependsOn(dependsOn).onStart(() -> {
            calls.add("start " + name);
        }).run(ShutdownHandle::await).onStop(() -> {
            calls.add("stop " + name);
        });
    }

    @Test
    void beforeTheStartTheyStartWithTheOthers() {
        daemon.add("a");
        CompletionStage<Void> running = make("b", "a").register();
        CompletionStage<Void> above = make("c", "b", "a").register();
        daemon.awaitLoop();
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.REGISTERED);
        daemon.started();
        TestDaemon.get(running);
        TestDaemon.get(above);
        assertThat(daemon.engine().subsystems()).extracting(SubsystemInfo::name).containsExactly("a", "b", "c");
        assertThat(daemon.info("a").dependents()).containsExactly("b", "c");
        daemon.stop();
        assertThat(calls).containsExactly("start b", "start c", "stop c", "stop b");
    }

    @Test
    void whileTheDaemonRunsTheyStartAtOnce() {
        daemon.add("a");
        daemon.started();
        TestDaemon.get(make("b", "a").critical(false).restart(RestartPolicy.ALWAYS).register());
        SubsystemInfo info = daemon.info("b");
        assertThat(info.state()).isEqualTo(SubsystemState.RUNNING);
        assertThat(info.critical()).isFalse();
        assertThat(info.restart()).isEqualTo(RestartPolicy.ALWAYS);
        assertThat(info.dependsOn()).containsExactly("a");

        TestDaemon.get(daemon.engine().restart("a"));
        daemon.events.await("Started b", 2);
        daemon.stop();
        assertThat(calls).containsExactly("start b", "stop b", "start b", "stop b");
    }

    @Test
    void oneThatDependsOnWhatIsDownSaysSoAndWaits() {
        daemon.add("a");
        daemon.started();
        TestDaemon.get(daemon.engine().stop("a"));
        CompletionStage<Void> running = make("b", "a").register();
        daemon.awaitLoop();
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.WAITING);
        assertThatThrownBy(() -> TestDaemon.get(running))
                .hasMessage("PD-4005: subsystem 'b' waits for 'a', which is STOPPED; it starts when 'a' is started");
        TestDaemon.get(daemon.engine().start("a"));
        daemon.events.await("Started b");
        daemon.stop();
    }

    @Test
    void aStartIsRolledBackIfACriticalOneRegisteredMeanwhileWaitsInVain() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        daemon.add("a").critical(false);
        daemon.add("slow").onStart(context -> {
            starting.countDown();
            context.await();
        });
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        assertThat(starting.await(20, TimeUnit.SECONDS)).isTrue();
        TestDaemon.get(daemon.engine().stop("a"));
        make("late", "a").register();
        assertThatThrownBy(() -> TestDaemon.get(start)).hasMessage("PD-4002: the daemon does not start because subsystem 'a', "
                + "on which the critical subsystem 'late' depends, was stopped before that had started");
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
    }

    @Test
    void oneThatIsLeavingDoesNotStartWithTheOthers() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").onStop(context -> {
            stopping.countDown();
            release.await();
        }).critical(false);
        TestDaemon.get(daemon.engine().start("a"));
        CompletionStage<Void> gone = daemon.engine().unregister("a");
        assertThat(stopping.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.started();
        release.countDown();
        TestDaemon.get(gone);
        assertThat(daemon.engine().subsystem("a")).isEmpty();
        daemon.stop();
    }

    @Test
    void whatCannotWorkIsRefusedWithEveryProblem() {
        daemon.add("a");
        daemon.started();
        assertThatThrownBy(() -> TestDaemon.get(make("a b", "x", "y").register()))
                .isInstanceOfSatisfying(InvalidConfigurationException.class,
                        error -> assertThat(error.problems()).containsExactly(
                                "the name 'a b' is not legal; use letters, digits, '-', '_' and '.'",
                                "subsystem 'a b' depends on 'x', which does not exist; known subsystems: a",
                                "subsystem 'a b' depends on 'y', which does not exist; known subsystems: a"));
        assertThatThrownBy(() -> TestDaemon.get(make("a").register())).hasMessageContaining(
                "there are two subsystems named 'a'; give one of them another name");
        assertThatThrownBy(() -> TestDaemon.get(make("b", "b").register())).hasMessageContaining(
                "the dependencies form a cycle: b -> b; remove one of these dependencies");
        assertThat(daemon.engine().subsystems()).hasSize(1);
        daemon.stop();
        assertThatThrownBy(() -> TestDaemon.get(make("c").register())).isInstanceOf(DaemonStateException.class)
                .hasMessage("PD-8001: subsystem 'c' is not registered because the daemon is shutting down");
        assertThat(calls).isEmpty();
    }

    @Test
    void aBuilderRegistersOnce() {
        daemon.started();
        SubsystemBuilder builder = make("a");
        TestDaemon.get(builder.register());
        assertThatThrownBy(builder::register)
                .hasMessage("PD-8001: subsystem 'a' was registered with this builder already; make "
                        + "another with Daemon.newSubsystem");
        daemon.stop();
    }

    @Test
    void oneThatIsUnregisteredStopsAndIsGone() {
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        daemon.listeners.add(new DaemonListener() {
            @Override
            public void onEvent(SubsystemEvent event) {
                heard.add(Events.text(event));
            }

            @Override
            public void registered(String subsystem) {
                heard.add("registered " + subsystem);
            }

            @Override
            public void unregistered(String subsystem) {
                heard.add("unregistered " + subsystem);
            }
        });
        daemon.add("a");
        daemon.started();
        TestDaemon.get(make("b", "a").register());
        TestDaemon.get(daemon.engine().unregister("b"));
        assertThat(calls).containsExactly("start b", "stop b");
        assertThat(daemon.engine().subsystem("b")).isEmpty();
        assertThat(daemon.info("a").dependents()).isEmpty();
        assertThatThrownBy(() -> daemon.engine().start("b")).isInstanceOf(SubsystemNotFoundException.class);

        TestDaemon.get(make("b").register());
        assertThat(daemon.info("b").generation()).isEqualTo(1);
        daemon.stop();
        assertThat(heard).containsSubsequence("registered b", "Started b", "Stopped b", "unregistered b", "registered b");
    }

    @Test
    void oneThatOthersDependOnStays() {
        daemon.add("a");
        daemon.add("b", "a");
        daemon.started();
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().unregister("a")))
                .isInstanceOfSatisfying(SubsystemException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.STILL_NEEDED))
                .hasMessage("PD-4008: subsystem 'a' cannot be unregistered because others depend on it: b; unregister those "
                        + "first");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        TestDaemon.get(daemon.engine().stop("b"));
        TestDaemon.get(daemon.engine().unregister("b"));
        TestDaemon.get(daemon.engine().unregister("a"));
        assertThat(daemon.engine().subsystems()).isEmpty();
        daemon.stop();
    }

    @Test
    void nothingStartsOnOneThatIsLeaving() {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").onStop(context -> {
            stopping.countDown();
            release.await();
        });
        daemon.started();
        CompletionStage<Void> gone = daemon.engine().unregister("a");
        assertThatThrownBy(() -> TestDaemon.get(make("b", "a").register()))
                .hasMessageContaining("subsystem 'b' depends on 'a', which does not exist");
        assertThatThrownBy(() -> TestDaemon.get(daemon.engine().start("a")))
                .hasMessage("PD-4006: subsystem 'a' is not started because it is being unregistered");
        release.countDown();
        TestDaemon.get(gone);
        assertThat(daemon.engine().subsystems()).isEqualTo(List.of());
        daemon.stop();
    }

    @Test
    void oneThatWasAbandonedStaysWhileItRuns() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        daemon.add("a").run(context -> TestDaemon.ignoringInterrupts(release)).critical(false);
        daemon.started();
        CompletionStage<Void> gone = daemon.engine().unregister("a");
        daemon.events.await("Stopping a");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> TestDaemon.get(gone))
                .hasMessage("PD-7002: subsystem 'a#1' was abandoned and still runs, so it cannot be started again; restart the "
                        + "process");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        release.countDown();
        daemon.stop();
    }

    @Test
    void aStartWaitsForThemUnlessTheyAreUnregistered() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch lateStarting = new CountDownLatch(1);
        CountDownLatch lateRelease = new CountDownLatch(1);
        daemon.add("a").onStart(context -> {
            starting.countDown();
            release.await();
        });
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.engine().start());
        assertThat(starting.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.engine().newSubsystem("late").onStart(() -> {
            lateStarting.countDown();
            lateRelease.await();
        }).register();
        assertThat(lateStarting.await(20, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        daemon.events.await("Started a");
        assertThat(daemon.engine().hasStarted()).isFalse();
        CompletionStage<Void> gone = daemon.engine().unregister("late");
        TestDaemon.get(gone);
        TestDaemon.get(start);
        assertThat(daemon.engine().hasStarted()).isTrue();
        lateRelease.countDown();
        daemon.stop();
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;

/** Callers whose stack ends in the middle of a command, as that of a catch block for a StackOverflowError may. */
@Timeout(120)
class StackEndTest {

    private static final List<Function<Engine, CompletionStage<Void>>> COMMANDS = List.of(
            engine -> engine.stop("a"), engine -> engine.start("a"), engine -> engine.restart("a"),
            engine -> engine.newSubsystem("b").run(context -> context.await()).register(), engine -> engine.unregister("b"));

    @Test
    void whatIsAcceptedIsCarriedOutAndTheEngineGoesOn() {
        TestDaemon daemon = new TestDaemon();
        daemon.registered = (name, restart, critical) -> () -> SubsystemSettings.declared(RestartPolicy.NEVER, false);
        daemon.add("a").run(ShutdownHandle::await).critical(false);
        daemon.started();
        List<CompletionStage<Void>> accepted = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            for (Function<Engine, CompletionStage<Void>> command : COMMANDS) {
                StackEnd.call(() -> {
                    try {
                        accepted.add(command.apply(daemon.engine()));
                    } catch (DaemonException refused) {
                        // Such a registration was accepted before, or there is nothing to unregister any more.
                    }
                });
                accepted.forEach(StackEndTest::awaitEnd);
                accepted.clear();
            }
        }
        goesOn(daemon.engine());
        daemon.stop();
    }

    private static void goesOn(Engine engine) {
        TestDaemon.get(engine.stop("a"));
        assertThat(engine.subsystem("a").orElseThrow().state()).isEqualTo(SubsystemState.STOPPED);
        TestDaemon.get(engine.start("a"));
        TestDaemon.get(engine.restart("a"));
        assertThat(engine.subsystem("a").orElseThrow().state()).isEqualTo(SubsystemState.RUNNING);
        assertThat(engine.isStuck()).isFalse();
    }

    private static void awaitEnd(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException superseded) {
            assertThat(superseded.getCause()).isInstanceOf(DaemonException.class);
        } catch (Exception late) {
            throw new AssertionError("accepted, but not carried out", late);
        }
    }

    /** The first cause counts, so one that is only half given would keep every other from ending the daemon. */
    @Test
    void aShutdownIsNotHalfRequested() {
        for (int round = 0; round < 20; round++) {
            TestDaemon daemon = new TestDaemon();
            daemon.add("a").run(ShutdownHandle::await).critical(false);
            daemon.started();
            StackEnd.call(() -> daemon.engine().shutdown(3));
            assertThat(TestDaemon.get(daemon.exit)).isEqualTo(3);
            // When three quarters of the graceful time are over, without anybody who comes to stop it.
            daemon.time.advance(Duration.ofMillis(3_750));
            daemon.events.await("Stopped a");
            daemon.stop();
            assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
        }
    }

    /** What is loaded and initialized by the first command of all is so at the end of a stack. */
    @Test
    void theFirstCommandOfAllMayComeFromThere() throws Exception {
        assertThat(ChildJvm.run(First.class)).contains("goes on");
    }

    /** Needs no test framework. */
    static final class First {

        public static void main(String[] args) {
            TestDaemon daemon = new TestDaemon();
            daemon.add("a").run(ShutdownHandle::await).critical(false);
            daemon.started();
            List<CompletionStage<Void>> accepted = new ArrayList<>();
            for (Function<Engine, CompletionStage<Void>> command : COMMANDS.subList(0, 3)) {
                StackEnd.call(() -> accepted.add(command.apply(daemon.engine())));
            }
            accepted.forEach(StackEndTest::awaitEnd);
            goesOn(daemon.engine());
            StackEnd.call(() -> daemon.engine().shutdown(3));
            TestDaemon.get(daemon.exit);
            daemon.stop();
            System.out.println("goes on");
        }
    }
}

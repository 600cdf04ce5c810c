package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;

/** As many bodies compute without blocking as there are carriers of virtual threads: one, in a JVM of its own. */
@Timeout(120)
@EnabledForJreRange(min = JRE.JAVA_21)
class CarrierTest {

    @Test
    void whatDoesNotNeedACarrierGoesOnWithoutOne() throws Exception {
        assertThat(ChildJvm.run(Busy.class, "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1")).contains("all went on");
    }

    /** The JVM itself. Needs no test framework. */
    static final class Busy {

        private static final CountDownLatch BUSY = new CountDownLatch(1);
        private static final CountDownLatch PROBED = new CountDownLatch(2);

        private static volatile boolean enough;
        private static Events events;
        private static Engine engine;

        public static void main(String[] args) throws Exception {
            events = new Events();
            engine = new Engine(new EngineOptions("test",
                    new ShutdownTimeouts(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(20)),
                    new Platform(Clock.SYSTEM, new SystemThreads(), LoneTimer::new), () -> 0,
                    (name, restart, critical) -> () -> SubsystemSettings.declared(restart, critical), List.of(events),
                    new TestProcess(), Optional.empty()),
                    List.of(spec("cleaned", ThreadKind.VIRTUAL, new Behavior(null, null, context -> null, null, null)),
                            spec("busy", ThreadKind.VIRTUAL, new Behavior(null, context -> compute(), null, null, null)),
                            spec("probed", ThreadKind.PLATFORM, new Behavior(null, context -> {
                                context.await();
                                return null;
                            }, null, () -> {
                                PROBED.countDown();
                                return CompletableFuture.completedFuture(true);
                            }, null), settings -> settings.withHealth(
                                    any -> new HealthSettings(Duration.ofMillis(10), Duration.ofSeconds(20), 3, false))),
                            spec("late", ThreadKind.VIRTUAL, new Behavior(context -> null, null, null, null, null),
                                    settings -> settings.withStartTimeout(Duration.ofMillis(200)))));
            try {
                engine.start();
                BUSY.await();
                platformThreadsGoOn();
                theStartThatNeverRuns();
                theStopThatNeverRuns();
                theBusyOneIsAbandoned();
                engine.stop(TestDaemon.REASON);
                events.awaitEnd();
                System.out.println("all went on");
            } finally {
                enough = true;
            }
        }

        private static SubsystemSpec spec(String name, ThreadKind thread, Behavior behavior) {
            return spec(name, thread, behavior, settings -> settings);
        }

        private static SubsystemSpec spec(String name, ThreadKind thread, Behavior behavior,
                UnaryOperator<SubsystemSettings> change) {
            SubsystemSettings settings = change
                    .apply(SubsystemSettings.declared(RestartPolicy.NEVER, false).withThread(thread)
                            .withStopTimeout(Duration.ofMillis(200)));
            return new SubsystemSpec(name, List.of(), behavior, settings);
        }

        private static CompletionStage<?> compute() {
            BUSY.countDown();
            while (!enough) {
                Thread.onSpinWait();
            }
            return null;
        }

        private static void platformThreadsGoOn() throws InterruptedException {
            TestDaemon.get(engine.newSubsystem("another").run(context -> context.await()).register());
            PROBED.await();
            events.await("Started probed");
        }

        private static void theStartThatNeverRuns() {
            events.await("GaveUp late");
            String stack = events.all().stream().filter(event -> Events.text(event).equals("Failed late"))
                    .map(event -> ((SubsystemEvent.Failed) event).failure().stack()).findFirst().orElseThrow();
            require(stack.contains("subsystem 'late' has not started within 200ms because its virtual thread got no carrier to"
                    + " run on; busy on carriers: busy#1 in its body; set subsystem.thread=platform for those that compute"
                    + " without blocking"), stack);
            require(stack.contains("busy#1 is busy here") && stack.contains("CarrierTest$Busy.compute"), stack);
        }

        private static void theStopThatNeverRuns() {
            CompletionStage<Void> stop = engine.stop("cleaned");
            events.await("GaveUp cleaned");
            String stack = engine.subsystem("cleaned").orElseThrow().lastFailure().orElseThrow().stack();
            require(stack.contains("subsystem 'cleaned#1' did not end though it was interrupted, and was abandoned in its"
                    + " clean-up, whose virtual thread gets no carrier to run on; busy on carriers: busy#1 in its body"),
                    stack);
            require(stack.contains("CarrierTest$Busy.compute"), stack);
        }

        private static void theBusyOneIsAbandoned() {
            engine.stop("busy");
            events.await("GaveUp busy");
            String stack = engine.subsystem("busy").orElseThrow().lastFailure().orElseThrow().stack();
            require(stack.contains("was abandoned in its body; the stack shows where it hangs")
                    && stack.contains("CarrierTest$Busy.compute"), stack);
            require(engine.subsystem("busy").orElseThrow().state() == SubsystemState.FAILED, "busy is not FAILED");
        }

        private static void require(boolean truth, String text) {
            if (!truth) {
                throw new AssertionError(text);
            }
        }
    }
}

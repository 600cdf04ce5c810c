package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.loop.LoopTimers;

/** More commands than anybody needs, from several threads at once. */
@Timeout(120)
class FloodTest {

    private static final int THREADS = 4;
    private static final int POSTS = 100_000;
    /** Of commands that are not equal, so that each is carried out. */
    private static final int MIXED = Integer.getInteger("flood.mixed", 3_000);
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    private final TestDaemon daemon = new TestDaemon();
    private final CyclicBarrier together = new CyclicBarrier(THREADS);
    private Engine engine;

    @BeforeEach
    void start() {
        NAMES.forEach(name -> daemon.add(name).run(ShutdownHandle::await).critical(false));
        daemon.listeners.clear();
        engine = daemon.started().engine();
        NAMES.forEach(name -> TestDaemon.get(engine.start(name)));
    }

    @AfterEach
    void stop() {
        daemon.stop();
    }

    /** Has each of the threads do that. */
    private List<CompletableFuture<Void>> flood(IntConsumer each) {
        return IntStream.range(0, THREADS).mapToObj(thread -> CompletableFuture.runAsync(() -> {
            try {
                together.await(20, TimeUnit.SECONDS);
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
            each.accept(thread);
        }, task -> new Thread(task, "flood").start())).toList();
    }

    private static void awaitAll(List<CompletableFuture<Void>> floods) {
        floods.forEach(TestDaemon::get);
    }

    @Test
    void equalCommandsThatWaitAreOne() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        daemon.post(() -> {
            held.countDown();
            TestDaemon.ignoringInterrupts(release);
        });
        TestDaemon.ignoringInterrupts(held);
        List<List<CompletionStage<Void>>> stages = newLists();
        awaitAll(flood(thread -> {
            for (int i = 0; i < POSTS; i++) {
                stages.get(thread).add(engine.start("a"));
            }
        }));
        assertThat(LoopTimers.waiting(engine.loop())).as("commands that wait").isEqualTo(1);
        release.countDown();
        stages.forEach(some -> some.forEach(TestDaemon::get));
        assertThat(daemon.info("a").generation()).isEqualTo(1);
    }

    private static List<List<CompletionStage<Void>>> newLists() {
        return IntStream.range(0, THREADS).<List<CompletionStage<Void>>> mapToObj(any -> new ArrayList<>(POSTS)).toList();
    }

    @Test
    void theEngineAnswersOthersMeanwhile() {
        List<List<CompletionStage<Void>>> stages = newLists();
        List<CompletableFuture<Void>> floods = flood(thread -> {
            for (int i = 0; i < POSTS; i++) {
                stages.get(thread).add(engine.start("a"));
            }
        });
        int answers = 0;
        do {
            TestDaemon.get(engine.restart("b"));
            answers++;
        } while (floods.stream().anyMatch(flood -> !flood.isDone()));
        awaitAll(floods);
        stages.forEach(some -> some.forEach(TestDaemon::get));
        assertThat(daemon.info("b").generation()).isEqualTo(answers + 1);
        assertThat(daemon.info("a").generation()).isEqualTo(1);
    }

    /** Each thread has a subsystem of its own, and does not wait for what it commands. */
    @Test
    void noCommandIsOvertakenByOneThatWasGivenBefore() {
        List<List<CompletionStage<Void>>> stages = newLists();
        SubsystemState[] wanted = new SubsystemState[THREADS];
        awaitAll(flood(thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < MIXED; i++) {
                wanted[thread] = command(random.nextInt(3), NAMES.get(thread), stages.get(thread));
                if (random.nextInt(500) == 0) {
                    stages.get(thread).forEach(FloodTest::awaitEnd);
                    stages.get(thread).clear();
                    assertThat(daemon.state(NAMES.get(thread))).isEqualTo(wanted[thread]);
                }
            }
            stages.get(thread).forEach(FloodTest::awaitEnd);
        }));
        for (int thread = 0; thread < THREADS; thread++) {
            assertThat(daemon.state(NAMES.get(thread))).isEqualTo(wanted[thread]);
        }
    }

    /** All threads command all subsystems. */
    @Test
    void whateverIsCommandedEnds() {
        List<List<CompletionStage<Void>>> stages = newLists();
        awaitAll(flood(thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < MIXED; i++) {
                command(random.nextInt(3), NAMES.get(random.nextInt(NAMES.size())), stages.get(thread));
            }
        }));
        stages.forEach(some -> some.forEach(FloodTest::awaitEnd));
        TestDaemon.get(engine.start("a"));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(engine.isStuck()).isFalse();
    }

    private SubsystemState command(int kind, String name, List<CompletionStage<Void>> stages) {
        stages.add(kind == 0 ? engine.start(name) : kind == 1 ? engine.restart(name) : engine.stop(name));
        return kind == 2 ? SubsystemState.STOPPED : SubsystemState.RUNNING;
    }

    /** It may have been superseded by the next command. */
    private static void awaitEnd(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException superseded) {
            assertThat(superseded.getCause()).isInstanceOf(SubsystemException.class)
                    .hasMessageContaining("was stopped before it was RUNNING");
        } catch (Exception late) {
            throw new AssertionError("not carried out", late);
        }
    }
}

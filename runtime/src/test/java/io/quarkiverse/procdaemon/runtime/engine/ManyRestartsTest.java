package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.sun.management.UnixOperatingSystemMXBean;

import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;

/**
 * Very many restarts leave nothing behind: on the real clock and real threads, with everything a run can have.
 * {@code -Dengine.restarts=N} says how many (default 5,000).
 */
class ManyRestartsTest {

    private static final int CYCLES = Integer.getInteger("engine.restarts", 5_000);
    private static final int WARM_UP = 2_000;
    private static final long HEAP_TOLERANCE = 1 << 20;

    private final AtomicInteger running = new AtomicInteger();
    private final CountDownLatch warm = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    /** Counts the threads that exist, virtual ones too. */
    private Threads counted() {
        SystemThreads threads = new SystemThreads();
        return (kind, name, task) -> {
            running.incrementAndGet();
            try {
                return threads.start(kind, name, () -> {
                    try {
                        task.run();
                    } finally {
                        running.decrementAndGet();
                    }
                });
            } catch (Throwable noThread) {
                running.decrementAndGet();
                throw noThread;
            }
        };
    }

    private Behavior crashing() {
        return new Behavior(context -> null, context -> {
            context.heartbeat();
            context.begin().close();
            if (context.generation() % 10 == 0) {
                context.onShutdown(() -> {
                });
            }
            if (context.generation() == WARM_UP) {
                warm.countDown();
                goOn.await();
            } else if (context.generation() == WARM_UP + CYCLES) {
                done.countDown();
                context.await();
                return null;
            }
            throw new IllegalStateException("crash " + context.generation());
        }, context -> null, () -> null);
    }

    @Test
    @Timeout(500)
    void leaveHeapThreadsAndFilesAsTheyWere() throws Exception {
        SubsystemSettings settings = SubsystemSettings.DEFAULT.withHeartbeatTimeout(Duration.ofHours(1))
                .withRestart(restart -> restart.withDelays(Duration.ZERO, Duration.ZERO, 1, 0)
                        .withBudget(RestartSettings.UNLIMITED, Duration.ofMinutes(5)));
        Engine engine = new Engine(
                new EngineOptions("test", ShutdownTimeouts.DEFAULT, new Platform(Clock.SYSTEM, counted(), LoneTimer::new),
                        () -> 0,
                        (name, restart, critical) -> () -> settings, List.of(), ProcessControl.NONE, Optional.empty()),
                List.of(new SubsystemSpec("crashing", List.of(), crashing(), settings),
                        new SubsystemSpec("dependent", List.of("crashing"),
                                new Behavior(null, null, null, () -> null), settings)));
        engine.start();
        assertThat(warm.await(100, TimeUnit.SECONDS)).isTrue();
        long heap = heap();
        int threads = threads();
        long files = files();

        goOn.countDown();
        assertThat(done.await(400, TimeUnit.SECONDS)).isTrue();
        assertThat(heap() - heap).as("heap that was not there before, in bytes").isLessThan(HEAP_TOLERANCE);
        assertThat(threads()).as("threads of the engine").isLessThanOrEqualTo(threads);
        assertThat(files()).as("open files, those of the JVM included").isLessThan(files + 10);
        SubsystemInfo info = engine.subsystem("crashing").orElseThrow();
        assertThat(info.generation()).isEqualTo(WARM_UP + CYCLES);
        assertThat(info.restarts()).isEqualTo(WARM_UP + CYCLES - 1);
        engine.stop(TestDaemon.REASON);
    }

    /** Threads end soon after what they were started for is done, so the least of many looks counts. */
    private int threads() {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < 1_000 && least > 1; i++) {
            least = Math.min(least, running.get());
            Thread.onSpinWait();
        }
        return least;
    }

    /** The least of several looks: a collection may leave what it has just found dead. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static long files() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}

package io.quarkiverse.procdaemon.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;

/**
 * From the call of {@code Daemon.shutdown()} until the first, and until the last, of n bodies that wait for their handles runs
 * again. They wait without a bound or in slices of a tenth of a second: if it is told and not found out, both take the same.
 */
public final class ShutdownLatency {

    private static final Duration SLICE = Duration.ofMillis(100);

    private final int n;
    private final List<SubsystemSpec> specs;
    private final long[] seen;
    private volatile CountDownLatch idle;
    private volatile CountDownLatch told;

    private ShutdownLatency(int n, boolean sliced) {
        this.n = n;
        this.seen = new long[n];
        this.specs = IntStream.range(0, n).mapToObj(i -> new SubsystemSpec("s" + i, List.of(), Behavior.running(context -> {
            await(context, sliced);
            seen[i] = System.nanoTime();
            told.countDown();
            return null;
        }), SubsystemSettings.DEFAULT)).toList();
    }

    private void await(SubsystemContext context, boolean sliced) throws InterruptedException {
        idle.countDown();
        if (sliced) {
            while (!context.await(SLICE)) {
                Thread.onSpinWait();
            }
        } else {
            context.await();
        }
    }

    /** Prints one line for each number of waiters and way of waiting; takes a minute or two. */
    public static void main(String[] args) throws InterruptedException {
        System.out.printf("%8s %-9s %7s | %12s %10s | %12s %10s%n", "waiters", "wait", "rounds", "first p50 us", "p99",
                "last p50 us",
                "p99");
        for (int n : new int[] { 1, 100, 10_000 }) {
            int rounds = n == 10_000 ? 500 : 2_000;
            new ShutdownLatency(n, false).measure("await()", rounds);
            new ShutdownLatency(n, true).measure("100ms", rounds);
        }
    }

    private void measure(String name, int rounds) throws InterruptedException {
        double[] first = new double[rounds];
        double[] last = new double[rounds];
        SystemTimer timer = new SystemTimer("bench-timer");
        for (int round = -rounds / 2; round < rounds; round++) {
            long began = shutdown(timer);
            if (round >= 0) {
                first[round] = (Arrays.stream(seen).min().orElseThrow() - began) / 1e3;
                last[round] = (Arrays.stream(seen).max().orElseThrow() - began) / 1e3;
            }
        }
        timer.close();
        System.out.printf("%8d %-9s %7d | %12.1f %10.1f | %12.1f %10.1f%n", n, name, rounds, Sample.of(first).median(),
                Sample.of(first).quantile(0.99), Sample.of(last).median(), Sample.of(last).quantile(0.99));
    }

    private long shutdown(SystemTimer timer) throws InterruptedException {
        idle = new CountDownLatch(n);
        told = new CountDownLatch(n);
        Engine engine = Engines.make(timer, specs);
        engine.start();
        idle.await();
        // Those that have just said that they are at work are about to wait.
        Thread.sleep(1);
        long began = System.nanoTime();
        engine.shutdown();
        told.await();
        Engines.stop(engine);
        return began;
    }
}

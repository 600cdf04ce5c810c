package io.quarkiverse.procdaemon.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.bench.run.Rows;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
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

    /** Prints two lines for each number of waiters and way of waiting; takes a minute or two. */
    public static void main(String[] args) throws InterruptedException {
        List<Latency> rows = new ArrayList<>();
        int many = SystemThreads.hasVirtual() ? 10_000 : 1_000;
        for (int n : new int[] { 1, 100, many }) {
            int rounds = n == many ? 300 : 2_000;
            // It takes long to make platform threads.
            rows.addAll(measure(n, SystemThreads.hasVirtual() ? rounds : rounds / 4));
        }
        Latency.print(rows);
        Rows.hand(rows);
    }

    /**
     * Measures both ways of waiting.
     *
     * @param n how many wait
     * @param rounds how often, after half as many that do not count
     */
    static List<Latency> measure(int n, int rounds) throws InterruptedException {
        List<Latency> rows = new ArrayList<>(new ShutdownLatency(n, false).measure("await()", rounds));
        rows.addAll(new ShutdownLatency(n, true).measure("100ms", rounds));
        return rows;
    }

    private List<Latency> measure(String name, int rounds) throws InterruptedException {
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
        return List.of(Latency.of("shutdown() to the first, " + name, n, first, "us"),
                Latency.of("shutdown() to the last, " + name, n, last, "us"));
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

package io.quarkiverse.procdaemon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.quarkiverse.procdaemon.bench.process.Quartiles;
import io.quarkiverse.procdaemon.bench.run.Rows;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;

/**
 * The start and the stop of {@link StartStopBenchmark} and of its raw threads, by turns in one JVM: whatever else
 * slows the machine down does so to both, and the ratio is that of neighbours in time. With {@code -Dn=} and {@code -Drounds=}
 * for others than 100,000, or 1,000 where there are no virtual threads, and 60.
 */
public final class ByTurns {

    private final StartStopBenchmark.Size size = new StartStopBenchmark.Size();
    private final StartStopBenchmark.Subject ours = new StartStopBenchmark.Subject();
    private final RawThreads raw = new RawThreads();
    private final Times start;
    private final Times stop;

    /**
     * What one of the two takes.
     *
     * @param what which
     * @param latch the threads', see {@link RawThreads#latch}
     * @param n how many subsystems and threads
     * @param rounds how often each had its turn
     * @param oursMillis the engine's median
     * @param rawMillis that of the threads
     * @param ratio of the engine's to the threads', turn by turn
     */
    public record Turns(String what, String latch, int n, int rounds, double oursMillis, double rawMillis, Quartiles ratio) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-6s %-7s %8d %7d | %10.2f %10.2f | %.2f [%.2f %.2f]", what, latch, n, rounds,
                    oursMillis, rawMillis, ratio.median(), ratio.lower(), ratio.upper());
        }

        private static String titles() {
            return String.format("%-6s %-7s %8s %7s | %10s %10s | %s", "", "latch", "n", "rounds", "ours ms", "raw ms",
                    "ratio");
        }
    }

    private record Times(double[] ours, double[] raw) {

        Times(int rounds) {
            this(new double[rounds], new double[rounds]);
        }

        Turns turns(String what, String latch, int n) {
            return new Turns(what, latch, n, ours.length, Sample.of(ours).median(), Sample.of(raw).median(),
                    Quartiles.of(IntStream.range(0, ours.length).mapToDouble(i -> ours[i] / raw[i]).toArray()));
        }
    }

    private interface Step {

        void run() throws InterruptedException;
    }

    private ByTurns(String latch, int n, int rounds) {
        size.n = n;
        ours.shape = "flat";
        raw.latch = latch;
        start = new Times(rounds);
        stop = new Times(rounds);
    }

    /** Prints a line for the start and one for the stop, for either kind of latch; takes a minute or more. */
    public static void main(String[] args) throws InterruptedException {
        List<Turns> rows = measure(Integer.getInteger("n", SystemThreads.hasVirtual() ? 100_000 : 1_000),
                Integer.getInteger("rounds", 60));
        System.out.println(Turns.titles());
        rows.forEach(System.out::println);
        Rows.hand(rows);
    }

    /**
     * Measures all.
     *
     * @param rounds how often, after half as many that do not count
     */
    static List<Turns> measure(int n, int rounds) throws InterruptedException {
        List<Turns> rows = new ArrayList<>();
        for (String latch : List.of("own", "shared")) {
            rows.addAll(measure(latch, n, rounds));
        }
        return rows;
    }

    private static List<Turns> measure(String latch, int n, int rounds) throws InterruptedException {
        ByTurns turns = new ByTurns(latch, n, rounds);
        turns.ours.specify(turns.size);
        for (int round = -rounds / 2; round < rounds; round++) {
            turns.take(Math.max(0, round));
        }
        turns.ours.close();
        return List.of(turns.start.turns("start", latch, n), turns.stop.turns("stop", latch, n));
    }

    private void take(int round) throws InterruptedException {
        // Or the garbage of all turns before is collected in the midst of one of them.
        System.gc();
        ours.make();
        start.ours[round] = millis(ours::start);
        stop.ours[round] = millis(ours::stop);
        System.gc();
        raw.make(size);
        start.raw[round] = millis(raw::start);
        stop.raw[round] = millis(raw::stop);
    }

    private static double millis(Step step) throws InterruptedException {
        long began = System.nanoTime();
        step.run();
        return (System.nanoTime() - began) / 1e6;
    }
}

package io.quarkiverse.procdaemon.bench.reload;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.quarkiverse.procdaemon.bench.Latency;
import io.quarkiverse.procdaemon.bench.run.Rows;

/**
 * How long a reload of 1,000 keys takes with 100 subsystems that are asked, and how long it is from the change of the file
 * until the new value can be read, without the time that is waited for more changes.
 */
public final class ReloadLatency {

    static final Duration DEBOUNCE = Duration.ofMillis(20);

    private static final int KEYS = 1_000;
    private static final int SUBSYSTEMS = 100;
    private static final int ROUNDS = 300;

    private ReloadLatency() {
    }

    /** Prints two lines; takes half a minute. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        List<Latency> rows = measure(ROUNDS);
        Latency.print(rows);
        Rows.hand(rows);
    }

    /** @param rounds how often, after as many that do not count */
    public static List<Latency> measure(int rounds) throws IOException, InterruptedException, ExecutionException {
        Logger.getLogger("io.quarkiverse.procdaemon").setLevel(Level.SEVERE);
        List<Latency> rows = new ArrayList<>();
        try (ReloadingDaemon daemon = new ReloadingDaemon(KEYS, SUBSYSTEMS, false)) {
            rows.add(measure("reload of 1000 keys, from the request to its result", rounds, round -> {
                daemon.write(round);
                long began = System.nanoTime();
                daemon.reload().request("bench").toCompletableFuture().get();
                return System.nanoTime() - began;
            }));
        }
        try (ReloadingDaemon daemon = new ReloadingDaemon(KEYS, SUBSYSTEMS, true)) {
            rows.add(measure("from the file to LiveConfig, less the debounce", rounds, round -> {
                daemon.write(round);
                long began = System.nanoTime();
                while (daemon.config().get().number() != round) {
                    Thread.onSpinWait();
                }
                return System.nanoTime() - began - DEBOUNCE.toNanos();
            }));
        }
        return rows;
    }

    private interface Round {

        long measure(long number) throws IOException, InterruptedException, ExecutionException;
    }

    private static Latency measure(String what, int rounds, Round round)
            throws IOException, InterruptedException, ExecutionException {
        double[] millis = new double[rounds];
        for (int i = -rounds; i < rounds; i++) {
            long nanos = round.measure(i + 2 * rounds);
            if (i >= 0) {
                millis[i] = nanos / 1e6;
            }
        }
        return Latency.of(what, SUBSYSTEMS, millis, "ms");
    }
}

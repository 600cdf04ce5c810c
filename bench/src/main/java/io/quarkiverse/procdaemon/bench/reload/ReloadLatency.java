package io.quarkiverse.procdaemon.bench.reload;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.quarkiverse.procdaemon.bench.Sample;

/**
 * How long a reload of 1,000 keys takes with 100 subsystems that are asked, and how long it is from the change of the file
 * until
 * the new value can be read, without the time that is waited for more changes.
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
        Logger.getLogger("io.quarkiverse.procdaemon").setLevel(Level.SEVERE);
        System.out.printf("%-40s %10s %10s%n", KEYS + " keys, " + SUBSYSTEMS + " subsystems", "p50 ms", "p99 ms");
        try (ReloadingDaemon daemon = new ReloadingDaemon(KEYS, SUBSYSTEMS, false)) {
            print("reload, from the request to its result", round -> {
                daemon.write(round);
                long began = System.nanoTime();
                daemon.reload().request("bench").toCompletableFuture().get();
                return System.nanoTime() - began;
            });
        }
        try (ReloadingDaemon daemon = new ReloadingDaemon(KEYS, SUBSYSTEMS, true)) {
            print("from the file to LiveConfig, - debounce", round -> {
                daemon.write(round);
                long began = System.nanoTime();
                while (daemon.config().get().number() != round) {
                    Thread.onSpinWait();
                }
                return System.nanoTime() - began - DEBOUNCE.toNanos();
            });
        }
    }

    private interface Round {

        long measure(long number) throws IOException, InterruptedException, ExecutionException;
    }

    private static void print(String what, Round round) throws IOException, InterruptedException, ExecutionException {
        double[] millis = new double[ROUNDS];
        for (int i = -ROUNDS; i < ROUNDS; i++) {
            long nanos = round.measure(i + 2 * ROUNDS);
            if (i >= 0) {
                millis[i] = nanos / 1e6;
            }
        }
        Sample sample = Sample.of(millis);
        System.out.printf("%-40s %10.2f %10.2f%n", what, sample.median(), sample.quantile(0.99));
    }
}

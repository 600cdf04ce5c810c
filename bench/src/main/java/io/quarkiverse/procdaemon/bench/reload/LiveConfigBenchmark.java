package io.quarkiverse.procdaemon.bench.reload;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.LiveConfig;

/** A look at a live mapping, beside the least that it could cost: reading a volatile field. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class LiveConfigBenchmark {

    private ReloadingDaemon daemon;
    private LiveConfig<Keys> config;
    private volatile Keys field;

    /** Starts a daemon. */
    @Setup
    public void start() throws IOException {
        daemon = new ReloadingDaemon(10, 1, false);
        config = daemon.config();
        field = config.get();
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        daemon.close();
    }

    /** The mapping in force. */
    @Benchmark
    public Keys get() {
        return config.get();
    }

    /** What it is to be compared with. */
    @Benchmark
    public Keys volatileField() {
        return field;
    }
}

package io.quarkiverse.procdaemon.bench.lifecycle;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * From the call of start until all n are RUNNING with their bodies at work, and from the call of stop until all have ended.
 * Each body waits for its end on a thread of its own. Making the subject is not measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StartStopBenchmark {

    /** What is started and stopped, see {@link Subjects}. */
    @Param({ "now", "raw", "raw-own", "guava", "guava-virtual", "spring", "spring-virtual" })
    public String subject;

    /** How many bodies. */
    @Param({ "1", "3", "10", "100", "1000", "10000", "100000" })
    public int n;

    /** What depends on what; the others than our engine are flat. */
    @Param("flat")
    public String shape;

    private Function<Bodies, Subject> make;
    private boolean starts;
    private Bodies bodies;
    private Subject made;

    /** Finds out what is measured. */
    @Setup(Level.Trial)
    public void choose(BenchmarkParams params) {
        make = Subjects.named(subject, shape, n);
        starts = params.getBenchmark().endsWith(".start");
    }

    /** Makes the subject, and starts it unless that is measured. */
    @Setup(Level.Invocation)
    public void prepare() throws Exception {
        bodies = new Bodies(n);
        made = make.apply(bodies);
        if (!starts) {
            startAll();
        }
    }

    /** Stops the subject; nothing happens if that was measured. */
    @TearDown(Level.Invocation)
    public void dispose() throws Exception {
        made.stop();
        made.close();
    }

    private void startAll() throws Exception {
        made.start();
        bodies.awaitAllAtWork();
    }

    /** Starts n bodies. */
    @Benchmark
    public void start() throws Exception {
        startAll();
    }

    /** Stops n bodies. */
    @Benchmark
    public void stop() throws Exception {
        made.stop();
    }

    /** From {@code Daemon.shutdown()} until its caller knows that the first body runs again; only for the engine. */
    @Benchmark
    public void shutdownToFirst() throws Exception {
        made.shutdown();
        bodies.awaitFirstNotified();
    }
}

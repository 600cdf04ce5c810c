package io.quarkiverse.procdaemon.bench.peers;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** From the call of stop until all bodies of a peer have ended. Runs as {@code StartStopBenchmark} does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = { "-Xms4g", "-Xmx4g", "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch" })
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public abstract class StopBenchmark {

    private boolean stops;
    private Bodies bodies;
    private Peer peer;

    abstract int size();

    abstract Peer make(Bodies of);

    /** Finds out what is measured. */
    @Setup(Level.Trial)
    public void choose(BenchmarkParams params) {
        stops = params.getBenchmark().endsWith(".stop");
    }

    /** Makes the peer, and starts it if its stop is measured. */
    @Setup(Level.Invocation)
    public void prepare() throws Exception {
        bodies = new Bodies(size());
        peer = make(bodies);
        if (stops) {
            startAll();
        }
    }

    /** Stops the peer if its start was measured. */
    @TearDown(Level.Invocation)
    public void dispose() throws Exception {
        if (!stops) {
            peer.stop();
        }
        peer.close();
    }

    final void startAll() throws Exception {
        peer.start();
        bodies.awaitAllAtWork();
    }

    /** Stops n bodies. */
    @Benchmark
    public void stop() throws Exception {
        peer.stop();
    }
}

package io.quarkiverse.procdaemon.bench.peers;

import org.openjdk.jmh.annotations.Benchmark;

/** Also from the call of start until all bodies of a peer are at work. */
public abstract class StartStopPeerBenchmark extends StopBenchmark {

    /** Starts n bodies. */
    @Benchmark
    public void start() throws Exception {
        startAll();
    }
}

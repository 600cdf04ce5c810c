package io.quarkiverse.procdaemon.bench.peers;

import java.util.concurrent.Executor;

import org.openjdk.jmh.annotations.Param;

import io.quarkiverse.procdaemon.bench.VirtualThreads;

/** Guava's {@code ServiceManager} with an executor of virtual threads. Needs Java 21. */
public class GuavaVirtualBenchmark extends StartStopPeerBenchmark {

    /** How many services. */
    @Param({ "1", "3", "100", "1000", "10000" })
    public int n;

    private final Executor executor = VirtualThreads.executor();

    @Override
    int size() {
        return n;
    }

    @Override
    Peer make(Bodies of) {
        return GuavaServices.on(executor, of);
    }
}

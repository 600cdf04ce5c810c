package io.quarkiverse.procdaemon.bench.peers;

import org.openjdk.jmh.annotations.Param;

/** Guava's {@code ServiceManager} with the threads it makes by default, one platform thread for each service. */
public class GuavaBenchmark extends StartStopPeerBenchmark {

    /** How many services. */
    @Param({ "1", "3", "100", "1000" })
    public int n;

    @Override
    int size() {
        return n;
    }

    @Override
    Peer make(Bodies of) {
        return GuavaServices.onDefaultThreads(of);
    }
}

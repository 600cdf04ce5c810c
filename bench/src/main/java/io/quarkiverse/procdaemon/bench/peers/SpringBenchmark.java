package io.quarkiverse.procdaemon.bench.peers;

import org.openjdk.jmh.annotations.Param;

/** Spring's {@code SmartLifecycle} with a platform thread for each bean. */
public class SpringBenchmark extends StartStopPeerBenchmark {

    /** How many beans. */
    @Param({ "1", "3", "100", "1000" })
    public int n;

    @Override
    int size() {
        return n;
    }

    @Override
    Peer make(Bodies of) {
        return new SpringBeans(Thread::new, of);
    }
}

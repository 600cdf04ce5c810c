package io.quarkiverse.procdaemon.bench.peers;

import java.util.concurrent.ThreadFactory;

import org.openjdk.jmh.annotations.Param;

import io.quarkiverse.procdaemon.bench.VirtualThreads;

/** Spring's {@code SmartLifecycle} with a virtual thread for each bean. Needs Java 21. */
public class SpringVirtualBenchmark extends StartStopPeerBenchmark {

    /** How many beans. */
    @Param({ "1", "3", "100", "1000", "10000" })
    public int n;

    private final ThreadFactory threads = VirtualThreads.factory();

    @Override
    int size() {
        return n;
    }

    @Override
    Peer make(Bodies of) {
        return new SpringBeans(threads, of);
    }
}

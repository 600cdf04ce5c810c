package io.quarkiverse.procdaemon.bench.peers;

import java.util.concurrent.ThreadFactory;

import org.openjdk.jmh.annotations.Param;

import io.quarkiverse.procdaemon.bench.VirtualThreads;

/**
 * Pekko's {@code CoordinatedShutdown}: one task for each body in one phase. The bodies have virtual threads where there are
 * any.
 */
public class PekkoBenchmark extends StopBenchmark {

    /** How many tasks. */
    @Param({ "1", "3", "100", "1000", "10000" })
    public int n;

    private final ThreadFactory threads = VirtualThreads.factoryOrPlatform();

    @Override
    int size() {
        return n;
    }

    @Override
    Peer make(Bodies of) {
        return new PekkoTasks(threads, of);
    }
}

package io.quarkiverse.procdaemon.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.bench.VirtualThreads;

/** Each peer starts all bodies, and when its stop is over all have ended. */
@Timeout(60)
class PeerTest {

    private static final int COUNT = 50;
    private static final ThreadFactory THREADS = VirtualThreads.factoryOrPlatform();

    @Test
    void guava() throws Exception {
        runs(GuavaServices::onDefaultThreads);
        runs(bodies -> GuavaServices.on(task -> THREADS.newThread(task).start(), bodies));
    }

    @Test
    void spring() throws Exception {
        runs(bodies -> new SpringBeans(THREADS, bodies));
    }

    @Test
    void pekko() throws Exception {
        runs(bodies -> new PekkoTasks(THREADS, bodies));
    }

    private static void runs(Function<Bodies, Peer> made) throws Exception {
        CountedBodies bodies = new CountedBodies();
        Peer peer = made.apply(bodies);
        assertThat(bodies.begun).hasValue(0);
        peer.start();
        bodies.awaitAllAtWork();
        assertThat(bodies.begun).hasValue(COUNT);
        assertThat(bodies.ended).hasValue(0);
        peer.stop();
        assertThat(bodies.ended).hasValue(COUNT);
        peer.close();
    }

    private static final class CountedBodies extends Bodies {

        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        CountedBodies() {
            super(COUNT);
        }

        @Override
        void work(CountDownLatch end) {
            begun.incrementAndGet();
            super.work(end);
            ended.incrementAndGet();
        }
    }
}

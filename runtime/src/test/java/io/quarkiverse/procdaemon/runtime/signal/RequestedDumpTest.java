package io.quarkiverse.procdaemon.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;

@Timeout(30)
class RequestedDumpTest {

    /** Writes nothing, and only when it may. */
    private static final class Slow implements Diagnostics {

        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);
        final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();

        @Override
        public Path threadDump() {
            threads.add(Thread.currentThread());
            begun.countDown();
            try {
                assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Path.of("threads.txt");
        }

        @Override
        public Path heapDump() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Path> record(Duration duration, String settings) {
            throw new UnsupportedOperationException();
        }
    }

    @RepeatedTest(200)
    void aBurstLeadsToOneDumpOnAThreadOfItsOwn() throws Exception {
        Slow diagnostics = new Slow();
        RequestedDump.begin(diagnostics, "USR1", new SystemThreads());
        assertThat(diagnostics.begun.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 100; i++) {
            RequestedDump.begin(diagnostics, "USR1", new SystemThreads());
        }
        diagnostics.mayEnd.countDown();
        assertThat(diagnostics.threads).extracting(Thread::getName).containsExactly("proc-daemon-dump");
        diagnostics.threads.take().join(20_000);

        Slow next = new Slow();
        next.mayEnd.countDown();
        RequestedDump.begin(next, "USR1", new SystemThreads());
        Thread writer = next.threads.poll(20, TimeUnit.SECONDS);
        assertThat(writer).isNotNull();
        writer.join(20_000);
    }
}

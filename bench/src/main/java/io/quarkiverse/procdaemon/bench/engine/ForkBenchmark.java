package io.quarkiverse.procdaemon.bench.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.bench.lifecycle.VirtualThreads;

/**
 * A task that is forked, beside a bare thread of the same kind without a name ({@code raw}): from the call until it has run. A
 * thousand in a row, after which the engine has handled the end of all.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ForkBenchmark extends EngineState {

    private static final int TASKS = 1_000;

    private final ThreadFactory threads = VirtualThreads.factoryOrPlatform();
    private EngineUnderTest engine;
    private SubsystemContext context;

    /** Starts a daemon of one subsystem. */
    @Setup
    public void start() throws Exception {
        CompletableFuture<SubsystemContext> body = new CompletableFuture<>();
        engine = EngineUnderTest.of(List.of(new Spec("forking", run -> {
            body.complete(run);
            run.await();
        }))).get();
        engine.start();
        context = body.get();
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        engine.stop();
        engine.close();
    }

    /** All of them. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void forkToEnd() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(TASKS);
        if (subject.equals("raw")) {
            for (int i = 0; i < TASKS; i++) {
                threads.newThread(ended::countDown).start();
            }
            ended.await();
        } else {
            for (int i = 0; i < TASKS; i++) {
                context.fork("task", ended::countDown);
            }
            ended.await();
            // Changes nothing, but is done after all that is on its way to the engine.
            engine.daemon().start("forking").toCompletableFuture().join();
        }
    }
}

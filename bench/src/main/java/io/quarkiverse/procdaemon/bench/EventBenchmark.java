package io.quarkiverse.procdaemon.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.run.Lifecycle;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;

/**
 * One event to those who subscribed to {@code Daemon.events()} and want all. Each is waited for until all have it, spinning, so
 * that no buffer ever overflows and every event finds its subscribers idle, which is the slowest case: a thread has to be
 * started for each.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = { "-Xms1g", "-Xmx1g", "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch" })
@State(Scope.Benchmark)
public class EventBenchmark {

    /** How many. */
    @Param({ "0", "1", "8" })
    public int subscribers;

    private SystemTimer timer;
    private Dispatcher dispatcher;
    private Lifecycle lifecycle;
    private List<Counting> all;
    private long sent;

    /** Subscribes. */
    @Setup
    public void subscribe() {
        timer = new SystemTimer("bench-timer");
        Platform platform = Engines.platform(timer);
        dispatcher = new Dispatcher(List.of(), platform.threads());
        lifecycle = Idle.lifecycle(platform, dispatcher);
        all = Stream.generate(Counting::new).limit(subscribers).toList();
        all.forEach(dispatcher.publisher()::subscribe);
    }

    /** Ends the subscriptions. */
    @TearDown
    public void close() throws InterruptedException {
        dispatcher.close(Duration.ofSeconds(1));
        timer.close();
    }

    /** Waits for the delivery outside the measured time. */
    @State(Scope.Benchmark)
    public static class Unwatched {

        /** Waits. */
        @TearDown(Level.Invocation)
        public void await(EventBenchmark benchmark) {
            benchmark.awaitAll();
        }
    }

    /** Sends an event, until all have heard it. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    public void event() {
        send();
        awaitAll();
    }

    /** Sends an event: what it costs the sender. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public void eventSent(Unwatched unwatched) {
        send();
    }

    private void send() {
        sent++;
        lifecycle.stopTimedOut();
    }

    private void awaitAll() {
        for (Counting each : all) {
            while (each.heard != sent) {
                Thread.onSpinWait();
            }
        }
    }

    private static final class Counting implements Flow.Subscriber<SubsystemEvent> {

        private volatile long heard;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(SubsystemEvent event) {
            heard++;
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            // The benchmark is over.
        }
    }
}

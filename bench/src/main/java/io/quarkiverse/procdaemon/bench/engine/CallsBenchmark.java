package io.quarkiverse.procdaemon.bench.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemInfo;

/**
 * Single calls: what a body does in its inner loop, what others ask about it, and the steps that another framework, one in
 * Rust, publishes of itself.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallsBenchmark extends EngineState {

    /** Fields, not constants, so that nothing is worked out by the compiler. */
    private String first = "first";
    private String second = "second";
    private String third = "third";
    private String message = "subsystem 'first' was unhealthy 3 times in a row";
    private Exception cause = new Exception("the disk is full");

    private EngineUnderTest engine;
    private SubsystemContext context;

    private volatile boolean field;

    /** Starts a daemon of one subsystem that is watched. */
    @Setup
    public void start() throws Exception {
        CompletableFuture<SubsystemContext> body = new CompletableFuture<>();
        engine = EngineUnderTest.of(List.of(new Spec("watched", List.of(), run -> {
            body.complete(run);
            while (!run.await(Duration.ofMillis(100))) {
                run.heartbeat();
            }
        }, Spec.Rules.WATCHED))).get();
        engine.start();
        context = body.get();
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        engine.stop();
        engine.close();
    }

    /** "I am alive". */
    @Benchmark
    public void heartbeat() {
        context.heartbeat();
    }

    /** "Am I to stop?". */
    @Benchmark
    public boolean isShutdown() {
        return context.isShutdown();
    }

    /** "How is the daemon?". */
    @Benchmark
    public DaemonState state() {
        return engine.daemon().state();
    }

    /** "How is that subsystem?": a snapshot is made. */
    @Benchmark
    public Optional<SubsystemInfo> snapshot() {
        return engine.daemon().subsystem("watched");
    }

    /** A daemon of three subsystems without code that has been started; only its stop is measured. */
    @State(Scope.Benchmark)
    public static class ThreeStarted {

        private EngineUnderTest engine;

        /** Makes and starts it. */
        @Setup(Level.Invocation)
        public void start() {
            engine = EngineUnderTest.of(List.of(new Spec("first", null), new Spec("second", null), new Spec("third", null)))
                    .get();
            engine.start();
        }

        /** Closes it. */
        @TearDown(Level.Invocation)
        public void close() {
            engine.close();
        }
    }

    /** A daemon without subsystems, ready to start. */
    @Benchmark
    public EngineUnderTest createDaemon() {
        return EngineUnderTest.of(List.of()).get();
    }

    /** A daemon of three subsystems, ready to start, with all that they are described with. */
    @Benchmark
    public EngineUnderTest registerThree() {
        return EngineUnderTest.of(List.of(new Spec(first, Body.WAITING), new Spec(second, Body.WAITING),
                new Spec(third, Body.WAITING))).get();
    }

    /** From the call of stop until the shutdown is over. Each call is timed by itself, which costs some 50 ns. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public void stopThree(ThreeStarted three) {
        three.engine.stop();
    }

    /** An error as the engine makes it, with code, subsystem and a ready message; it has no stack. */
    @Benchmark
    public SubsystemException error() {
        return new SubsystemException(ErrorCode.UNHEALTHY, first, message, null);
    }

    /** The same of something that a subsystem threw, which was made before. */
    @Benchmark
    public SubsystemException errorWithCause() {
        return new SubsystemException(ErrorCode.START_FAILED, first, message, cause);
    }

    /** For comparison: the least that any error of the JDK costs. */
    @Benchmark
    public Throwable bareThrowable() {
        return new Bare(message);
    }

    /** For comparison: what it costs to be measured. */
    @Benchmark
    public boolean nothing() {
        return true;
    }

    /** For comparison: reading a volatile field. */
    @Benchmark
    public boolean volatileField() {
        return field;
    }

    private static final class Bare extends Throwable {

        private static final long serialVersionUID = 1L;

        Bare(String message) {
            super(message, null, false, false);
        }
    }
}

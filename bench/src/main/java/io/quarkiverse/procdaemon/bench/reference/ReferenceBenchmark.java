package io.quarkiverse.procdaemon.bench.reference;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.bench.Engines;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;

/**
 * What the reference publishes: medians, on a machine like that of our CI, and what we want to reach. Its rows for n subsystems
 * are those of {@code StartStopBenchmark}.
 * <table>
 * <caption>Time for one call</caption>
 * <tr>
 * <th>here
 * <th>reference
 * <th>goal
 * <tr>
 * <td>{@code createDaemon}
 * <td>2.07 µs
 * <td>half: 1.03 µs
 * <tr>
 * <td>{@code registerThree}
 * <td>4.29 µs
 * <td>half: 2.14 µs
 * <tr>
 * <td>{@code validatedTimeouts}, and deeper: {@code validatedConfiguration}
 * <td>53.5 ns
 * <td>0.7: 37.4 ns
 * <tr>
 * <td>{@code coordinateShutdown}
 * <td>3.55 µs
 * <td>half: 1.77 µs
 * <tr>
 * <td>{@code error}
 * <td>11.1 ns
 * <td>at least equal: 11.1 ns
 * <tr>
 * <td>{@code errorWithCause}
 * <td>42.8 ns
 * <td>0.7: 30.0 ns
 * </table>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = { "-Xms1g", "-Xmx1g", "-XX:+UseTransparentHugePages", "-XX:+AlwaysPreTouch" })
@State(Scope.Benchmark)
public class ReferenceBenchmark {

    /** Fields, not constants, so that nothing is worked out by the compiler. */
    private long graceful = 5_000;
    private long force = 10_000;
    private long kill = 15_000;
    private long aSecond = 1_000;
    private String first = "first";
    private String second = "second";
    private String third = "third";
    private String message = "subsystem 'first' was unhealthy 3 times in a row";
    private Exception cause = new Exception("the disk is full");

    /** A daemon of three subsystems without code that has been started; only its stop is measured. */
    @State(Scope.Benchmark)
    public static class Started {

        private final SystemTimer timer = new SystemTimer("bench-timer");
        private Engine engine;

        /** Makes and starts it. */
        @Setup(Level.Invocation)
        public void start() {
            engine = Engines.make(timer, List.of(marking("first"), marking("second"), marking("third")));
            engine.start();
        }

        private static SubsystemSpec marking(String name) {
            return new SubsystemSpec(name, List.of(), Behavior.NONE, SubsystemSettings.DEFAULT);
        }

        /** Ends the timer. */
        @TearDown(Level.Trial)
        public void close() {
            timer.close();
        }
    }

    /** Makes a daemon without subsystems that can be started, with its timer, and its time-outs checked. */
    @Benchmark
    public Engine createDaemon() {
        return daemon(List.of());
    }

    /** Makes a daemon of three subsystems, each with a name, code and rules made for it. */
    @Benchmark
    public Engine registerThree() {
        return daemon(List.of(task(first), task(second), task(third)));
    }

    /** Makes and checks the time-outs of a daemon: the depth of the reference, which sets and checks two. */
    @Benchmark
    public Object validatedTimeouts() {
        return Rules.timeouts(graceful, force, kill);
    }

    /** The same, and all rules of a subsystem, of which the reference has none: eleven durations in all. */
    @Benchmark
    public Object validatedConfiguration() {
        return Rules.configuration(graceful, force, kill, aSecond);
    }

    /**
     * From the call of stop until the shutdown is over. Each call is timed by itself and the start left out, which costs the
     * reading of a clock twice, some 50 ns; to start and stop in one measurement would say little about the stop.
     */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public void coordinateShutdown(Started started) {
        Engines.stop(started.engine);
    }

    /**
     * Makes an error as the engine does, with code, subsystem and a ready message, as the reference does; like its error it has
     * no stack.
     */
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

    private static final class Bare extends Throwable {

        private static final long serialVersionUID = 1L;

        Bare(String message) {
            super(message, null, false, false);
        }
    }

    private Engine daemon(List<SubsystemSpec> specs) {
        return Engines.make(new SystemTimer("bench-timer"), Rules.timeouts(graceful, force, kill), specs);
    }

    private SubsystemSpec task(String name) {
        return new SubsystemSpec(name, List.of(), Behavior.running(context -> {
            context.await();
            return null;
        }), SubsystemSettings.declared(RestartPolicy.ON_FAILURE, true));
    }
}

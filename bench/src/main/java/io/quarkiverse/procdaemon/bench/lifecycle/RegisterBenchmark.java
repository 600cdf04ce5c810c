package io.quarkiverse.procdaemon.bench.lifecycle;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

import io.quarkiverse.procdaemon.bench.engine.Body;
import io.quarkiverse.procdaemon.bench.engine.EngineState;
import io.quarkiverse.procdaemon.bench.engine.EngineUnderTest;

/** Making a daemon of n subsystems, with the check of their dependencies; none is started. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RegisterBenchmark extends EngineState {

    /** How many. */
    @Param({ "1", "3", "10", "100", "1000", "10000", "100000" })
    public int n;

    /** What depends on what. */
    @Param("flat")
    public String shape;

    private Supplier<EngineUnderTest> engines;

    /** Describes the subsystems. */
    @Setup
    public void describe() {
        engines = EngineUnderTest.of(Shape.named(shape).specs(n, Body.WAITING));
    }

    /** Makes a daemon. */
    @Benchmark
    public EngineUnderTest register() {
        return engines.get();
    }
}

package io.quarkiverse.procdaemon.bench.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.health.SubsystemReadiness;

/** What a request to {@code /q/health/ready} costs the extension: the checks of all subsystems, without the JSON. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadinessBenchmark extends EngineState {

    /** The number of subsystems. */
    @Param("1000")
    public int n;

    private final List<SubsystemReadiness> checks = new ArrayList<>();
    private EngineUnderTest engine;

    /** Starts a daemon with that many subsystems without code. */
    @Setup
    public void start() {
        List<Spec> specs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            specs.add(new Spec("subsystem-" + i, null));
        }
        engine = EngineUnderTest.of(specs).get();
        engine.start();
        DaemonInternals daemon = (DaemonInternals) engine.daemon();
        for (SubsystemInfo info : daemon.subsystems()) {
            checks.add(new SubsystemReadiness(() -> daemon, info.name()));
        }
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        engine.stop();
        engine.close();
    }

    /** The readiness checks of all subsystems. */
    @Benchmark
    public void checks(Blackhole hole) {
        for (SubsystemReadiness check : checks) {
            hole.consume(check.call().await().indefinitely());
        }
    }

    /** The part of it that reads the state of all subsystems. */
    @Benchmark
    public List<SubsystemInfo> infos() {
        return engine.daemon().subsystems();
    }
}

package io.quarkiverse.procdaemon.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import io.quarkiverse.procdaemon.bench.Baseline;

/**
 * What the extension and n subsystems add to a process with REST and health: each call runs one process from its start to its
 * end, and the counters say what was seen. The time of the whole call says nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ProcessBenchmark {

    private static final Path APPS = Path.of("bench", "apps");
    /** Otherwise the one application collects garbage at its end for its metaspace, and the other does not. */
    private static final String METASPACE = "-XX:MetaspaceSize=64m";

    /** The application {@code without} the extension; with it, as it is {@code now} and as it was {@code before}. */
    @Param({ "without", "now" })
    public String subject;

    /** How many subsystems it has, if it has the extension. */
    @Param({ "0", "1", "10", "100", "1000" })
    public int n;

    /** What runs it: {@code jvm}, with an archive of classes {@code cds} or {@code aot}, or {@code native}. */
    @Param("jvm")
    public String by;

    /** Milliseconds between being ready and SIGTERM. */
    @Param("1000")
    public int settle;

    /** One process. */
    @Benchmark
    public void process(Measured measured) throws IOException, InterruptedException {
        program().measure(settle, measured);
    }

    private Program program() throws IOException, InterruptedException {
        Path application = subject.equals("before") ? Baseline.given().application()
                : APPS.resolve(subject.equals("without") ? subject : "with");
        Path file = built(application, by.equals("native"));
        List<String> options = Stream.of((METASPACE + " " + System.getProperty("app.options", "")).split(" +")).toList();
        Program program = new Program(file, options, Map.of("BENCH_SUBSYSTEMS", String.valueOf(n)));
        return by.equals("cds") || by.equals("aot") ? program.with(by) : program;
    }

    private static Path built(Path application, boolean natively) {
        Path target = application.resolve("target");
        return natively ? target.resolve("quarkus-proc-daemon-bench-" + application.getFileName() + "-999-SNAPSHOT-runner")
                : target.resolve("quarkus-app").resolve("quarkus-run.jar");
    }

    /** Whether both applications have been built to be run that way. */
    public static boolean areBuilt(boolean natively) {
        return Stream.of("without", "with").allMatch(name -> Files.isRegularFile(built(APPS.resolve(name), natively)));
    }
}

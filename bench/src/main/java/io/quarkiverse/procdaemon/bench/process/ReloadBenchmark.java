package io.quarkiverse.procdaemon.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.bench.Baseline;
import io.quarkiverse.procdaemon.bench.augmentation.Augmentation;
import io.quarkiverse.procdaemon.bench.augmentation.GeneratedBeans;
import io.quarkus.bootstrap.app.CuratedApplication;

/**
 * Reloads of 1,000 keys in a process whose 100 subsystems are all asked; the application is built first, and measures itself,
 * see {@code src/reload}. Medians of as many rounds as set, after as many that do not count.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ReloadBenchmark {

    private static final Path SOURCE = Path.of("bench", "src", "reload", "Reloads.java");
    private static final String DEBOUNCE = "20ms";

    /** With which extension. */
    @Param("now")
    public String subject;

    /** How often each is done. */
    @Param("300")
    public int rounds;

    private Path directory;

    /** What one took. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Took {

        /** From {@code Daemon.reload()} to its result. */
        public double reloadMs;
        /** From the change of the file until {@code LiveConfig} has the new value, with the debounce of 20 ms. */
        public double fileToConfigMs;
        /** {@code LiveConfig.get()}, in a loop that looks at the object. */
        public double getNs;
        /** The same with a volatile field. */
        public double volatileFieldNs;
    }

    /** Builds the application. */
    @Setup
    public void build() throws Exception {
        directory = GeneratedBeans.RELOADED.compile(100, SOURCE);
        Path project = subject.equals("before") ? Baseline.given().application() : Augmentation.PROJECT;
        try (CuratedApplication application = Augmentation.prepare(project, directory)) {
            application.createAugmentor().createProductionApplication();
        }
    }

    /** Deletes it. */
    @TearDown
    public void delete() throws Exception {
        GeneratedBeans.delete(directory);
    }

    /** Runs it to its end. */
    @Benchmark
    public void run(Took took) throws Exception {
        Path file = Files.writeString(directory.resolve("bench.properties"), "bench.number=0\n");
        Program program = new Program(directory.resolve(Path.of("quarkus-app", "quarkus-run.jar")), List.of(),
                Map.of("ROUNDS", String.valueOf(rounds), "QUARKUS_CONFIG_LOCATIONS", file.toString(),
                        "QUARKUS_PROC_DAEMON_RELOAD_DEBOUNCE", DEBOUNCE, "QUARKUS_LOG_CATEGORY__IO_QUARKIVERSE__LEVEL",
                        "ERROR"));
        try (RunningProgram running = new RunningProgram(program)) {
            List<String> output = running.awaitOutput(60 + rounds);
            took.reloadMs = median(output, "reloadMs");
            took.fileToConfigMs = median(output, "fileToConfigMs");
            took.getNs = median(output, "getNs");
            took.volatileFieldNs = median(output, "volatileFieldNs");
        }
    }

    private static double median(List<String> output, String what) {
        double[] sorted = output.stream().filter(line -> line.startsWith(what + "="))
                .mapToDouble(line -> Double.parseDouble(line.substring(what.length() + 1))).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException("it has not measured " + what + "; it printed:\n" + String.join("\n", output));
        }
        return sorted[sorted.length / 2];
    }
}

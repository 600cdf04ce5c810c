package io.quarkiverse.procdaemon.runtime.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.resources.ProcessResources;

/** A Java runtime of few modules, as jlink makes them: what works there works, the rest is refused in words. */
class MissingModulesTest {

    @TempDir
    Path directory;

    /** In that runtime. */
    public static void main(String[] arguments) throws Exception {
        DumpDirectory place = new DumpDirectory(new Place(Path.of(arguments[0]), false), new Ownership(), "pumps");
        try (RealDaemon daemon = RealDaemon.of().add("pump", Behavior.NONE).start();
                DiagnosticFiles files = new DiagnosticFiles(daemon.engine, place, () -> new Recordings(place))) {
            System.out.println("threads: " + files.threadDump().getFileName());
            System.out.println("uses: " + new ProcessResources().get());
            refused(files::heapDump);
            refused(() -> files.record(Duration.ofSeconds(1), "default"));
        }
    }

    private interface Attempt {
        Object make() throws IOException;
    }

    private static void refused(Attempt attempt) throws IOException {
        try {
            System.out.println("not refused: " + attempt.make());
        } catch (UnsupportedOperationException refusal) {
            System.out.println("refused: " + refusal.getMessage());
        }
    }

    @Test
    void theyAreMissed() throws Exception {
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules", "java.base,java.logging", "-cp", System.getProperty("java.class.path"),
                MissingModulesTest.class.getName(), directory.toString()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(output).content().contains("threads: pumps-threads-", "uses: ResourceUsage[",
                "refused: This Java runtime cannot write heap dumps: it lacks the module jdk.management; add that to the runtime",
                "refused: This Java runtime has no Flight Recorder: it lacks the module jdk.jfr; add that to the runtime")
                .doesNotContain("not refused");
        try (var all = Files.list(directory)) {
            Path dump = all.filter(file -> file.getFileName().toString().startsWith("pumps-threads-")).findFirst()
                    .orElseThrow();
            assertThat(dump).content().contains("pump: RUNNING", "this runtime tells nothing of locks)",
                    "\"proc-daemon-loop\"");
        }
        try (var all = Files.list(directory)) {
            assertThat(all).as("dump and output").hasSize(2);
        }
    }
}

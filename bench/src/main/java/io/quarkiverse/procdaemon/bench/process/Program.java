package io.quarkiverse.procdaemon.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is run.
 *
 * @param file a jar, run by the JVM that runs this, or an executable
 * @param options for the JVM
 * @param environment besides that of this process
 */
record Program(Path file, List<String> options, Map<String, String> environment) {

    private static final Map<String, Path> ARCHIVES = new HashMap<>();

    Program {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no " + file + "; bench/README.md says how to build it");
        }
        environment = new HashMap<>(environment);
        environment.put("QUARKUS_HTTP_PORT", "0");
    }

    /** The same with an archive of what a run before has loaded: {@code cds}, or {@code aot} for a JVM that has it. */
    Program with(String archive) throws IOException, InterruptedException {
        boolean aot = archive.equals("aot");
        Path made = ARCHIVES.get(archive + file);
        if (made == null) {
            made = Files.createTempDirectory("bench-archive").resolve("app." + archive);
            plus((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + made).write(made);
            ARCHIVES.put(archive + file, made);
        }
        return plus((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + made);
    }

    private void write(Path archive) throws IOException, InterruptedException {
        try (RunningProgram running = new RunningProgram(this)) {
            running.awaitReady();
            running.terminate();
            // A process of its own may write it, which has the same output.
            List<String> output = running.awaitOutput(120);
            if (!Files.exists(archive)) {
                throw new IllegalStateException("no " + archive + "; it printed:\n" + String.join("\n", output));
            }
        }
    }

    private Program plus(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new Program(file, more, environment);
    }

    /**
     * Runs it from its start to its end.
     *
     * @param settle how many milliseconds it is left alone once it is ready
     */
    void measure(long settle, Measured measured) throws IOException, InterruptedException {
        try (RunningProgram running = new RunningProgram(this)) {
            measured.startMs = running.awaitReady();
            Thread.sleep(settle);
            measured.memoryMiB = running.status("VmRSS:") / 1024;
            measured.threads = running.status("Threads:");
            measured.classes = isJar() ? running.classes() : 0;
            measured.stopMs = running.terminate();
        }
    }

    private boolean isJar() {
        return file.toString().endsWith(".jar");
    }

    List<String> command() {
        List<String> command = new ArrayList<>();
        if (isJar()) {
            command.add(java("java"));
            command.addAll(options);
            command.add("-jar");
        }
        command.add(file.toAbsolutePath().toString());
        return command;
    }

    /** A tool of the JDK that runs this. */
    static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }
}

package io.quarkiverse.procdaemon.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is run.
 *
 * @param file a jar, run by the JVM that runs this, or an executable
 * @param options for the JVM, and ignored by an executable
 * @param subsystems how many it has, if it has the extension
 */
record Program(Path file, List<String> options, int subsystems) {

    Program {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no " + file + "; build it first");
        }
    }

    static boolean isJar(Path file) {
        return file.toString().endsWith(".jar");
    }

    List<String> command() {
        if (!isJar(file)) {
            return List.of(file.toString());
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-jar", file.toString()));
        return command;
    }

    Map<String, String> environment() {
        return Map.of("BENCH_SUBSYSTEMS", String.valueOf(subsystems), "QUARKUS_HTTP_PORT", "0");
    }
}

package io.quarkiverse.procdaemon.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is run.
 *
 * @param file a jar, run by the JVM that runs this, or an executable
 * @param options for the JVM, and ignored by an executable
 */
record Program(Path file, List<String> options) {

    Program {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no " + file + "; build it first");
        }
    }

    List<String> command() {
        if (!file.toString().endsWith(".jar")) {
            return List.of(file.toString());
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-jar", file.toString()));
        return command;
    }
}

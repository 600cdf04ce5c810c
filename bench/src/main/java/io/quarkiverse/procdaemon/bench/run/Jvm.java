package io.quarkiverse.procdaemon.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** Runs a main that {@linkplain Rows#hand hands} its rows, in a JVM of its own of the same kind as this one. */
public final class Jvm {

    private Jvm() {
    }

    /**
     * Waits for its end; it prints where this prints.
     *
     * @param options of the JVM
     * @return its rows
     * @throws IllegalStateException if it fails
     */
    public static JsonNode rows(Class<?> main, List<String> options) throws IOException, InterruptedException {
        Path rows = Files.createTempFile("bench", ".json");
        try {
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(options);
            command.addAll(List.of("-D" + Rows.FILE + "=" + rows, "-cp", System.getProperty("java.class.path"),
                    main.getName()));
            int code = run(new ProcessBuilder(command).inheritIO().start());
            if (code != 0) {
                throw new IllegalStateException(main.getSimpleName() + " exited with " + code);
            }
            return Rows.MAPPER.readTree(rows.toFile());
        } finally {
            Files.deleteIfExists(rows);
        }
    }

    /** It does not outlive this JVM. */
    private static int run(Process process) throws InterruptedException {
        Thread lastResort = new Thread(process::destroyForcibly, "bench-last-resort");
        Runtime.getRuntime().addShutdownHook(lastResort);
        int code = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(lastResort);
        return code;
    }
}

package io.quarkiverse.procdaemon.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What this process knows of itself. Where there is no {@code /proc}, that is little. */
final class OwnProcess {

    private static final Path SELF = Path.of("/proc/self");
    private static final int MOST = 64 << 10;

    private OwnProcess() {
    }

    /** The PID namespace; empty if unknown. */
    static String namespace() {
        try {
            return Files.readSymbolicLink(SELF.resolve("ns/pid")).toString();
        } catch (IOException | RuntimeException unknown) {
            return "";
        }
    }

    /** To the second. Now, if the process cannot be looked up: in a PID namespace, {@code /proc} may be that of another one. */
    static Instant start() {
        ProcessHandle self = ProcessHandle.current();
        Instant now = Instant.now();
        try {
            if (Files.readSymbolicLink(SELF).toString().equals(Long.toString(self.pid()))) {
                return self.info().startInstant().orElse(now).truncatedTo(ChronoUnit.SECONDS);
            }
        } catch (IOException | RuntimeException unknown) {
            // As good as that.
        }
        return now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The program, for {@code java} with its jar or main class; never an argument, which may be a secret. */
    static String command() {
        List<String> line = List.of(read(SELF.resolve("cmdline")).split("\0"));
        String program = line.get(0);
        int jar = line.indexOf("-jar");
        if (jar > 0 && jar + 1 < line.size()) {
            return program + " -jar " + line.get(jar + 1);
        }
        String main = System.getProperty("sun.java.command", "");
        int end = main.indexOf(' ');
        return (program + " " + (end < 0 ? main : main.substring(0, end))).strip();
    }

    static String firstLine(Path file) {
        return read(file).lines().findFirst().orElse("");
    }

    private static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException unknown) {
            return "";
        }
    }
}

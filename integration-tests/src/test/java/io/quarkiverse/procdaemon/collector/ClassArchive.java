package io.quarkiverse.procdaemon.collector;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The classes of the JDK and of Quarkus's bootstrap as the JVM has read them once, which saves a fifth of each start. */
final class ClassArchive {

    static final String OPTION = "-XX:SharedArchiveFile=";

    private ClassArchive() {
    }

    /** Makes the archive that one of the options names, if there is none that is newer than the program. */
    static synchronized void prepare(Path java, List<String> options, Path program) {
        options.stream().filter(option -> option.startsWith(OPTION)).map(option -> Path.of(option.substring(OPTION.length())))
                .filter(archive -> !isNewer(archive, program))
                .forEach(archive -> make(archive, java, options, program));
    }

    private static boolean isNewer(Path archive, Path program) {
        try {
            return Files.exists(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(program)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Path archive, Path java, List<String> options, Path program) {
        try {
            Files.deleteIfExists(archive);
            Path output = Files.createTempFile(archive.toAbsolutePath().getParent(), "archive", ".log");
            List<String> command = new ArrayList<>(List.of(java.toString()));
            options.forEach(option -> command.add(option.replace(OPTION, "-XX:ArchiveClassesAtExit=")));
            command.addAll(List.of("-Dcollector.journal=" + output + ".journal", "-Dcollector.port=0", "-Dquarkus.http.port=0",
                    "-jar", program.toString()));
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try {
                await().atMost(60, SECONDS)
                        .until(() -> !process.isAlive() || Files.readString(output).contains("Installed features"));
                process.destroy();
                assertThat(process.waitFor(60, SECONDS)).as("ended: %s", Files.readString(output)).isTrue();
                assertThat(archive).as(Files.readString(output)).exists();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

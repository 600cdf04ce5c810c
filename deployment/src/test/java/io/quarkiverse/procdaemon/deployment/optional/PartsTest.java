package io.quarkiverse.procdaemon.deployment.optional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.procdaemon.deployment.wiring.RunningJar;

/** The extension with each optional dependency absent, with each alone, with none and with all. */
@Tag("any-jdk")
@Timeout(240)
class PartsTest {

    @TempDir
    Path directory;

    /** What a part brings with it comes, too, where it is "alone". */
    static Stream<Set<Part>> noneAllAndEachAlone() {
        return Stream.concat(Stream.of(EnumSet.noneOf(Part.class), EnumSet.allOf(Part.class)), Stream.of(Part.values())
                .map(part -> {
                    Set<Part> parts = EnumSet.of(part);
                    parts.addAll(part.brings());
                    return parts;
                }));
    }

    @ParameterizedTest
    @MethodSource("noneAllAndEachAlone")
    void itRunsWith(Set<Part> parts) throws Exception {
        Path jar = PartsBuild.of(parts, directory);
        try (RunningJar application = RunningJar.begin(jar, options(parts, jar.getParent()))) {
            application.awaitLine("Installed features: ");
            application.awaitLine("trace: worker is RUNNING");
            for (Part part : parts) {
                part.check(application);
            }
            application.signal("TERM");
            assertThat(application.exitCode()).isEqualTo(143);
            assertThat(application.lines("trace: worker st")).containsExactly("trace: worker starts", "trace: worker stops");
            assertThat(application.lines("")).noneMatch(line -> line.matches("(?i).*\\b(WARN(ING)?|ERROR|SEVERE|FATAL)\\b.*"));
            assertThat(application.lines("INFO").filter(line -> line.contains("has shut down in"))).hasSize(1);
        }
    }

    private static String[] options(Set<Part> parts, Path directory) throws Exception {
        List<String> options = new ArrayList<>();
        if (parts.contains(Part.HTTP)) {
            options.addAll(List.of("-Dquarkus.http.host=localhost", "-Dquarkus.http.port=0"));
        }
        List<String> files = new ArrayList<>();
        if (parts.contains(Part.TOML)) {
            files.add(Files.writeString(directory.resolve("worker.toml"), "worker.text = \"toml\"\n").toUri().toString());
        }
        if (parts.contains(Part.YAML)) {
            files.add(Files.writeString(directory.resolve("worker.yaml"), "worker:\n  more: yaml\n").toUri().toString());
        }
        if (!files.isEmpty()) {
            options.add("-Dquarkus.config.locations=" + String.join(",", files));
        }
        return options.toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void itIsBuiltWithAllBut(Part absent) throws Exception {
        Set<Part> parts = EnumSet.allOf(Part.class);
        parts.removeIf(part -> part == absent || part.brings().contains(absent));
        assertThat(PartsBuild.of(parts, directory)).exists();
    }
}

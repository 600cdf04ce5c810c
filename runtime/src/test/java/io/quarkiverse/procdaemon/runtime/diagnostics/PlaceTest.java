package io.quarkiverse.procdaemon.runtime.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
class PlaceTest {

    private static Place of(String configured, Map<String, String> environment) {
        return Place.of(Optional.ofNullable(configured).map(Path::of), environment::get, "/tmp", "jane doe");
    }

    @Test
    void whatIsConfiguredCounts() {
        assertThat(of("/dumps/../d", Map.of("LOGS_DIRECTORY", "/var/log/a"))).isEqualTo(new Place(Path.of("/d"), false));
    }

    @Test
    void thenTheFirstDirectoryOfTheServiceManager() {
        assertThat(of(null, Map.of("LOGS_DIRECTORY", "/var/log/a:/var/log/b", "STATE_DIRECTORY", "/var/lib/a")))
                .isEqualTo(new Place(Path.of("/var/log/a"), false));
        assertThat(of(null, Map.of("LOGS_DIRECTORY", "", "STATE_DIRECTORY", "/var/lib/a")))
                .isEqualTo(new Place(Path.of("/var/lib/a"), false));
    }

    @Test
    void thenOneOfTheUsersOwn() {
        assertThat(of(null, Map.of())).isEqualTo(new Place(Path.of("/tmp/proc-daemon-jane_doe"), true));
    }

    @Test
    void namesAreSafe() {
        assertThat(DumpDirectory.safe("line-collector_1.2")).isEqualTo("line-collector_1.2");
        assertThat(DumpDirectory.safe("../../etc/x y")).isEqualTo("__.._etc_x_y");
        assertThat(DumpDirectory.safe("")).isEqualTo("_");
        assertThat(DumpDirectory.safe("x".repeat(500))).hasSize(100);
    }
}

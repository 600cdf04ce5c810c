package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class WatchedFilesTest {

    @TempDir
    Path here;

    @Test
    void whatIsReadAndWhatWouldBeReadIfItWereThere() throws IOException {
        Path elsewhere = Files.writeString(here.resolve("elsewhere.properties"), "a=b\n");
        Path directory = Files.createDirectory(here.resolve("some.d"));
        SmallRyeConfig config = new SmallRyeConfigBuilder().withProfile("prod").withProfile("blue")
                .withSources(new PropertiesConfigSource(elsewhere.toUri().toURL()))
                .withDefaultValue("smallrye.config.locations",
                        "extra.yaml," + directory.toUri() + ",https://example.com/far.properties,"
                                + here.resolve("absolute.properties").toUri())
                .build();

        Set<Path> files = WatchedFiles.of(config, here);

        assertThat(files).extracting(file -> here.relativize(file).toString()).contains("elsewhere.properties", ".env",
                "daemon.toml", "config/daemon.toml", "config/application.properties", "config/application-prod.properties",
                "config/application-blue.properties", "config/application.yaml", "config/application-prod.yaml",
                "config/application.yml", "extra.yaml", "extra-prod.yaml", "extra-blue.yaml", "some.d", "absolute.properties",
                "absolute-prod.properties").noneMatch(file -> file.contains("far"));
    }
}

package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.process.Systemd;

/** The commands in the chapter on systemd, one after the other, as an operator would run them. */
class SystemdChapterIT {

    private static final Pattern CHAPTER = Pattern.compile("(?ms)^## systemd$(.*?)^## ");
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh$(.*?)^```$");

    @TempDir
    Path directory;

    @Test
    void itsCommandsWork() throws Exception {
        assumeTrue(System.getProperty("collector.program").endsWith("target/quarkus-app/quarkus-run.jar"),
                "skipped: the chapter installs what a build for a JVM has left in target");
        MatchResult chapter = CHAPTER.matcher(Files.readString(Path.of("../docs/operations.md"))).results().findFirst()
                .orElseThrow();
        List<String> blocks = COMMANDS.matcher(chapter.group(1)).results().map(block -> block.group(1)).toList();
        assertThat(blocks).hasSize(3);
        try (Systemd systemd = new Systemd(directory).boot()) {
            systemd.ok("bash", "-ec", blocks.get(0));
            assertThat(systemd.show("line-collector", "UnitFileState")).isEqualTo("enabled");
            assertThat(systemd.ok("bash", "-ec", blocks.get(1))).contains("Status: \"Running, 3 of 3 subsystems\"",
                    "StatusText=Running, 3 of 3 subsystems");
            systemd.ok("bash", "-ec", blocks.get(2));
            assertThat(systemd.show("line-collector", "ActiveState")).isEqualTo("inactive");
            assertThat(systemd.show("line-collector", "Result")).isEqualTo("success");
        }
    }
}

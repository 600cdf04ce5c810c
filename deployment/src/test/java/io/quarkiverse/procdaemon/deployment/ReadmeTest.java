package io.quarkiverse.procdaemon.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a newcomer reads first is short, and its commands print only problems. {@link DocumentedExamplesTest} compiles its code.
 */
@Tag("any-jdk")
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern VERSION = Pattern
            .compile("<artifactId>quarkus-proc-daemon(?:-parent)?</artifactId>\\s*<version>(.+?)</version>");

    private final String readme = read("README.md");

    @Test
    void isShortAndHasNoBadges() {
        assertThat(readme.lines().count()).isLessThan(150);
        assertThat(readme).doesNotContain("![");
    }

    @Test
    void commandsPrintNoProgress() {
        List<String> commands = readme.lines().filter(line -> line.startsWith("mvn ")).toList();

        assertThat(commands).isNotEmpty().allMatch(command -> command.startsWith("mvn -B -ntp "));
        assertThat(commands).filteredOn(command -> !command.endsWith(" verify") && !command.contains(":create "))
                .allMatch(command -> command.contains(" -q "));
    }

    @Test
    void theVersionIsTheOneThatIsBuilt() {
        assertThat(version(readme)).isEqualTo(version(read("pom.xml")));
    }

    @Test
    void applicationsAreCreatedWithTheVersionOfQuarkusThatIsTested() {
        String tested = found(Pattern.compile("<quarkus.platform.version>(.+?)<"), read("pom.xml"));

        for (String document : List.of("README.md", "docs/guide.md")) {
            assertThat(found(Pattern.compile("quarkus-maven-plugin:(.+?):create"), read(document))).as(document)
                    .isEqualTo(tested);
        }
    }

    private static String version(String text) {
        return found(VERSION, text);
    }

    private static String found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).findFirst().orElseThrow();
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

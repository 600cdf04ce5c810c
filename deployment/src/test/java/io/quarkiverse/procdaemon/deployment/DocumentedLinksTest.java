package io.quarkiverse.procdaemon.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links within the project lead to a file that exists, and to a heading that it has. */
@Tag("any-jdk")
class DocumentedLinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)#?([^)\\s]*)\\)");

    @ParameterizedTest
    @ValueSource(strings = { "README.md", "docs/guide.md", "docs/contributing.md", "docs/performance.md", "docs/operations.md",
            "integration-tests/relay/README.md", "integration-tests/consumer/README.md" })
    void lead(String name) throws IOException {
        Path document = Path.of("..").resolve(name);
        List<String> broken = new ArrayList<>();
        for (var link : LINK.matcher(Files.readString(document)).results().toList()) {
            if (!link.group(1).contains(":") && !leadsSomewhere(document, link.group(1), link.group(2))) {
                broken.add(link.group());
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path document, String file, String heading) throws IOException {
        Path target = file.isEmpty() ? document : document.resolveSibling(file);
        return Files.exists(target) && (heading.isEmpty() || headings(target).contains(heading));
    }

    private static List<String> headings(Path document) throws IOException {
        return Files.readAllLines(document).stream().filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-'))
                .toList();
    }
}

package io.quarkiverse.procdaemon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The examples in the guide's chapter on testing are the tests of this application, without their imports. */
class ChapterTest {

    private static final Pattern EXAMPLE = Pattern.compile("```(?:java|properties)\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsWhatIsHere() throws IOException {
        List<String> sources = sources();
        String guide = Files.readString(Path.of("../../docs/guide.md"));
        int begin = guide.indexOf("\n## Testing\n");
        String chapter = guide.substring(begin, guide.indexOf("\n## ", begin + 1));

        List<String> examples = EXAMPLE.matcher(chapter).results().map(example -> example.group(1)).toList();

        assertThat(examples).hasSizeGreaterThan(5)
                .allSatisfy(example -> assertThat(sources).anyMatch(source -> source.contains(example)));
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(Files::isRegularFile).map(ChapterTest::read).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

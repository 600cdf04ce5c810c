package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {

    @TempDir
    Path directory;

    @Test
    void findsTheLastLines() throws IOException {
        assertThat(tail("one\ntwo\nthree\n", 1)).isEqualTo("three\n");
        assertThat(tail("one\ntwo\nthree\n", 2)).isEqualTo("two\nthree\n");
        assertThat(tail("one\ntwo\nthree\n", 3)).isEqualTo("one\ntwo\nthree\n");
        assertThat(tail("one\ntwo\nthree\n", 1000)).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void copesWithEmptyLinesAndAnEmptyFile() throws IOException {
        assertThat(tail("", 5)).isEmpty();
        assertThat(tail("\n", 5)).isEqualTo("\n");
        assertThat(tail("one\n\n\n", 2)).isEqualTo("\n\n");
    }

    @Test
    void isRightWhereverTheBlocksFall() throws IOException {
        List<String> lines = IntStream.range(0, 3000).mapToObj(i -> "x".repeat(i % 97)).collect(Collectors.toList());
        String text = String.join("\n", lines) + "\n";
        for (int n = 1; n <= lines.size(); n += 7) {
            String last = String.join("\n", lines.subList(lines.size() - n, lines.size())) + "\n";
            assertThat(tail(text, n)).as("%d lines", n).isEqualTo(last);
        }
    }

    @Test
    void looksOnlyAtWhatIsGood() throws IOException {
        Path path = Files.writeString(directory.resolve("lines.log"), "one\ntwo\nthree\nfo");

        assertThat(Tail.start(path, "one\ntwo\n".length(), 1)).isEqualTo("one\n".length());
    }

    private String tail(String text, int lines) throws IOException {
        Path path = Files.writeString(directory.resolve("lines.log"), text);
        return text.substring((int) Tail.start(path, text.length(), lines));
    }
}

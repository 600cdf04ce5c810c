package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCounterTest {

    @TempDir
    Path directory;

    @Test
    void countsLinesAndWords() throws IOException {
        String text = "one\n\n  two\tthree \u000b four\r\nzwölf日本\n \n";
        Path path = Files.writeString(directory.resolve("lines.log"), text);

        assertThat(new WordCounter(path).countTo(Files.size(path))).isEqualTo(new LineCount(5, 5));
    }

    @Test
    void countsTheSameInAnyNumberOfSteps() throws IOException {
        Path path = Files.writeString(directory.resolve("lines.log"), "alpha beta\ngamma\n\ndelta epsilon zeta\n");
        long length = Files.size(path);
        WordCounter inSteps = new WordCounter(path);

        for (long to = 0; to <= length; to++) {
            assertThat(inSteps.countTo(to)).as("up to %d", to).isEqualTo(new WordCounter(path).countTo(to));
        }
        assertThat(inSteps.countTo(length)).isEqualTo(new LineCount(4, 6));
    }

    @Test
    void readsBeyondOneBuffer() throws IOException {
        Path path = Files.writeString(directory.resolve("lines.log"), "some words here\n".repeat(20_000));

        assertThat(new WordCounter(path).countTo(Files.size(path))).isEqualTo(new LineCount(20_000, 60_000));
    }
}

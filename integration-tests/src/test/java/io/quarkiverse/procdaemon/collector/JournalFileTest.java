package io.quarkiverse.procdaemon.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("some/where/lines.log");
    }

    @Test
    void numbersOnAfterReopening() throws IOException {
        append("one", "two");
        append();
        append("three");

        try (JournalFile journal = JournalFile.open(path)) {
            assertThat(journal.lines()).isEqualTo(3);
            assertThat(journal.torn()).isZero();
            assertThat(journal.length()).isEqualTo(Files.size(path));
        }
        assertThat(path).hasContent("one\ntwo\nthree\n");
    }

    @Test
    void cutAnywhereItKeepsTheWholeLinesAndGoesOn() throws IOException {
        byte[] whole = "first\n\nzwölf\n日本\nlast\n".getBytes(UTF_8);
        Files.createDirectories(path.getParent());
        for (int cut = 0; cut <= whole.length; cut++) {
            byte[] left = Arrays.copyOf(whole, cut);
            Files.write(path, left);
            String good = new String(left, 0, lastLineEnd(left), UTF_8);

            try (JournalFile journal = JournalFile.open(path)) {
                assertThat(journal.torn()).as("cut at %d", cut).isEqualTo(cut - good.getBytes(UTF_8).length);
                assertThat(journal.lines()).as("cut at %d", cut).isEqualTo(good.chars().filter(c -> c == '\n').count());
                journal.append(batch("next"));
            }
            assertThat(Files.readString(path)).as("cut at %d", cut).isEqualTo(good + "next\n");
        }
    }

    @Test
    void aLastLineThatIsNotUtf8IsTorn() throws IOException {
        write("good\n", new byte[] { 'b', (byte) 0xc3, '\n' });

        try (JournalFile journal = JournalFile.open(path)) {
            assertThat(journal.lines()).isEqualTo(1);
            assertThat(journal.torn()).isEqualTo(3);
        }
        assertThat(path).hasContent("good\n");
    }

    @Test
    void whatIsBeforeTheLastLineStaysWhateverItIs() throws IOException {
        write("", new byte[] { (byte) 0xff, '\n', (byte) 0xff, '\n', 'o', 'k', '\n', 't' });

        try (JournalFile journal = JournalFile.open(path)) {
            assertThat(journal.lines()).isEqualTo(3);
            assertThat(journal.torn()).isEqualTo(1);
        }
    }

    @Test
    void aTornLineAcrossManyReadsIsCutWhole() throws IOException {
        write("good\n".repeat(50_000), "x".repeat(300_000).getBytes(UTF_8));

        try (JournalFile journal = JournalFile.open(path)) {
            assertThat(journal.lines()).isEqualTo(50_000);
            assertThat(journal.torn()).isEqualTo(300_000);
        }
    }

    @Test
    void refusesADirectory() throws IOException {
        Files.createDirectories(path);

        assertThatThrownBy(() -> JournalFile.open(path)).isInstanceOf(JournalException.class)
                .hasMessage("The journal %s is a directory: set collector.journal to a file", path);
    }

    @Test
    void refusesWhatItCannotCreate() throws IOException {
        Files.writeString(directory.resolve("some"), "a file where a directory should be");

        assertThatThrownBy(() -> JournalFile.open(path)).isInstanceOf(JournalException.class)
                .hasMessageStartingWith("Cannot open the journal " + path)
                .hasMessageEndingWith("let the collector write there, or set collector.journal to another file");
    }

    @Test
    void refusesAJournalInUseAndTakesItOnceFree() throws IOException {
        try (JournalFile first = JournalFile.open(path)) {
            assertThatThrownBy(() -> JournalFile.open(path)).isInstanceOf(JournalException.class).hasMessage(
                    "The journal %s is in use by another running collector: stop that one, or set collector.journal to another file",
                    path);
            first.append(batch("still mine"));
        }
        append("mine now");
        assertThat(path).hasContent("still mine\nmine now\n");
    }

    @Test
    void openingCanBeInterruptedAndLeavesNothingLocked() throws IOException {
        append("one");

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> JournalFile.open(path)).isInstanceOf(InterruptedIOException.class);

        append("two");
        assertThat(path).hasContent("one\ntwo\n");
    }

    @Test
    void anInterruptedWriterDoesNotCloseIt() throws IOException {
        try (JournalFile journal = JournalFile.open(path)) {
            Thread.currentThread().interrupt();
            journal.append(batch("one"));
            assertThat(Thread.interrupted()).isTrue();
            journal.append(batch("two"));
        }
        assertThat(path).hasContent("one\ntwo\n");
    }

    @Test
    void takesNothingMoreOnceAWriteFailed() throws IOException {
        JournalFile journal = JournalFile.open(path);
        journal.append(batch("one"));
        journal.close();

        assertThatThrownBy(() -> journal.append(batch("two"))).isInstanceOf(JournalException.class)
                .hasMessageStartingWith("Cannot write the journal " + path);
        assertThatThrownBy(() -> journal.append(batch("three"))).isInstanceOf(JournalException.class)
                .hasMessageContaining("takes no more lines since a write failed");
        assertThat(journal.lines()).isEqualTo(1);
        assertThat(path).hasContent("one\n");
    }

    private void append(String... lines) throws IOException {
        try (JournalFile journal = JournalFile.open(path)) {
            journal.append(batch(lines));
        }
    }

    private void write(String text, byte[] rest) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.write(path, rest, APPEND);
    }

    private static LineBatch batch(String... lines) {
        LineBatch batch = new LineBatch();
        for (String line : lines) {
            byte[] bytes = line.getBytes(UTF_8);
            batch.add(bytes, bytes.length);
        }
        return batch;
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}

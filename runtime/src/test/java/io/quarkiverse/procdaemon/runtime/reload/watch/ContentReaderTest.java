package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.runtime.engine.LogCapture;

/** What is read of files, and what cannot be. */
class ContentReaderTest {

    @TempDir
    Path directory;

    private final LogCapture log = new LogCapture("io.quarkiverse.procdaemon.runtime.reload.watch");
    private Path file;

    @BeforeEach
    void resolve() {
        file = directory.resolve("file");
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void absentEmptyAndOtherBytesAreDifferent() throws IOException {
        ContentReader reader = new ContentReader(List.of(file));
        assertThat(reader.read(0)).isEmpty();
        Files.createFile(file);
        assertThat(reader.read(0)).containsExactly(Map.entry(file, ""));
        Files.writeString(file, "abc");
        assertThat(reader.read(0)).containsExactly(Map.entry(file,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aWriteInPlaceWhoseLengthAndTimeAreTheOldOnesIsFoundHoweverLateItComes() throws IOException {
        Files.writeString(file, "one");
        FileTime time = Files.getLastModifiedTime(file);
        ContentReader reader = new ContentReader(List.of(file));
        Map<Path, String> before = reader.read(0);
        for (int seconds = 3; seconds <= 9; seconds += 3) {
            assertThat(reader.read(TimeUnit.SECONDS.toNanos(seconds))).isEqualTo(before);
        }
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);
        assertThat(reader.read(TimeUnit.SECONDS.toNanos(10))).isNotEqualTo(before);
    }

    @Test
    void ofADirectoryAllRegularFilesAreRead() throws IOException {
        Files.writeString(file, "abc");
        Files.createDirectory(directory.resolve("inside"));
        Files.createSymbolicLink(directory.resolve("link"), file);
        Files.createSymbolicLink(directory.resolve("nowhere"), directory.resolve("missing"));
        assertThat(new ContentReader(List.of(directory)).read(0)).containsOnlyKeys(file,
                directory.resolve("link"));
    }

    @Test
    void aDirectoryThatCannotBeReadIsAsBefore() throws IOException {
        Path conf = Files.createDirectory(directory.resolve("conf"));
        Files.writeString(conf.resolve("file"), "abc");
        ContentReader reader = new ContentReader(List.of(conf));
        Map<Path, String> before = reader.read(0);
        Files.delete(conf.resolve("file"));
        Files.delete(conf);
        Files.createSymbolicLink(conf, conf);
        assertThat(reader.read(0)).isEqualTo(before).isNotEmpty();
        assertThat(reader.read(0)).isEqualTo(before);
        assertThat(log.lines()).hasSize(1);
        Files.delete(conf);
        assertThat(reader.read(0)).isEmpty();
    }

    @Test
    void whatIsTooBigIsNotRead() throws IOException {
        try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap(new byte[1]), ContentReader.BYTES + 1);
        }
        ContentReader reader = new ContentReader(List.of(file));
        assertThat(reader.read(0)).isEmpty();
        assertThat(log.lines())
                .containsExactly("WARN " + file + " cannot be read: java.io.IOException: it is longer than 64 MiB;"
                        + " it counts as unchanged until it can");
    }

    @Test
    void aDirectoryOfTooManyFilesIsNotRead() throws IOException {
        for (int i = 0; i <= ContentReader.ENTRIES; i++) {
            Files.createFile(directory.resolve("file-" + i));
        }
        ContentReader reader = new ContentReader(List.of(directory));
        assertThat(reader.read(0)).isEmpty();
        assertThat(log.lines())
                .containsExactly("WARN " + directory + " cannot be read: java.io.IOException: it has more than 4096"
                        + " entries; it counts as unchanged until it can");
    }

    @Test
    void whatIsNoFileIsNotRead() {
        ContentReader reader = new ContentReader(List.of(Path.of("/dev/null")));
        assertThat(reader.read(0)).isEmpty();
        assertThat(log.lines())
                .containsExactly("WARN /dev/null cannot be read: java.io.IOException: it is neither a regular file"
                        + " nor a directory; it counts as unchanged until it can");
    }
}

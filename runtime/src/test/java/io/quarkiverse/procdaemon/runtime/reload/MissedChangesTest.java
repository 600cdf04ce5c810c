package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissedChangesTest {

    private static final long NOW = System.currentTimeMillis();
    private static final long HOUR = 3_600_000;

    private Path file;

    @BeforeEach
    void write(@TempDir Path directory) throws IOException {
        file = Files.writeString(directory.resolve("a.properties"), "a=1\n");
    }

    @Test
    void aDateInTheFutureIsNoChange() throws IOException {
        assertThat(changed(NOW + HOUR, NOW + HOUR)).isEmpty();
    }

    @Test
    void anotherDateInTheFutureIsOne() throws IOException {
        assertThat(changed(NOW + HOUR, NOW + 2 * HOUR)).containsExactly(file);
    }

    @Test
    void aDateAfterTheReadingIsOne() throws IOException {
        assertThat(changed(NOW - HOUR, NOW)).containsExactly(file);
        assertThat(changed(NOW + HOUR, NOW)).containsExactly(file);
        assertThat(changed(NOW, NOW)).containsExactly(file);
    }

    @Test
    void anOlderDateIsNone() throws IOException {
        assertThat(changed(NOW - HOUR, NOW - HOUR)).isEmpty();
        assertThat(changed(NOW + HOUR, NOW - HOUR)).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsNone() throws IOException {
        Files.delete(file);
        assertThat(new MissedChanges(Set.of(file)).since(NOW, Set.of(file))).isEmpty();
    }

    private Set<Path> changed(long atReading, long atWatch) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(atReading));
        MissedChanges missed = new MissedChanges(Set.of(file));
        Files.setLastModifiedTime(file, FileTime.fromMillis(atWatch));
        return missed.since(NOW, Set.of(file));
    }
}

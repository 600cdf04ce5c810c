package io.quarkiverse.procdaemon.runtime.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The directory is made safely or refused; files appear whole, replace nothing, and the oldest go. */
@DisabledOnOs(OS.WINDOWS)
class DumpDirectoryTest {

    private static final int NOBODY = 65534;

    @TempDir
    Path parent;

    private DumpDirectory directory(Path path, boolean shared) {
        return new DumpDirectory(new Place(path, shared), new Ownership(), "pumps");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path write(DumpDirectory directory, String content) throws IOException {
        try (DumpFile file = directory.begin(Kind.THREADS)) {
            Files.writeString(file.path(), content);
            return file.publish();
        }
    }

    @Test
    void itIsMadeForTheFirstFileAndFilesAreForTheirOwnerOnly() throws IOException {
        Path path = parent.resolve("a/b");
        DumpDirectory directory = directory(path, false);
        assertThat(path).doesNotExist();
        Path written;
        try (DumpFile file = directory.begin(Kind.THREADS)) {
            assertThat(mode(path)).isEqualTo("rwx------");
            assertThat(mode(file.path().getParent())).isEqualTo("rwx------");
            assertThat(names(path)).allMatch(name -> name.startsWith(DumpDirectory.PARTIAL));
            Files.writeString(file.path(), "hello");
            Files.writeString(file.path("scratch"), "scratch");
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));
            written = file.publish();
        }
        assertThat(written).hasContent("hello");
        assertThat(mode(written)).isEqualTo("rw-------");
        assertThat(names(path)).containsExactly(written.getFileName().toString());
    }

    @Test
    void whatIsNotCompleteLeavesNothing() throws IOException {
        DumpDirectory directory = directory(parent, false);
        try (DumpFile file = directory.begin(Kind.HEAP)) {
            Files.writeString(file.path(), "half");
        }
        assertThat(names(parent)).isEmpty();
    }

    @Test
    void aNameThatIsTakenIsLeftAlone() throws IOException {
        DumpDirectory directory = directory(parent, false);
        Instant now = Instant.now();
        Path first = directory.free(Kind.HEAP, now);
        Files.writeString(first, "first");
        Path second = directory.free(Kind.HEAP, now);
        assertThat(second.getFileName().toString())
                .isEqualTo(first.getFileName().toString().replace(".hprof", "-2.hprof"));
    }

    @Test
    void aLinkOfOthersIsNotFollowed() throws IOException {
        Path trap = Files.createDirectory(parent.resolve("trap"));
        Path link = Files.createSymbolicLink(parent.resolve("link"), trap);
        assertThatThrownBy(() -> directory(link, true).begin(Kind.THREADS)).isInstanceOf(IOException.class)
                .hasMessageMatching("The thread dump cannot be written to " + link + ": " + link
                        + " is a symbolic link of user \\d+, which is not followed; remove it, or set"
                        + " quarkus\\.proc-daemon\\.dump\\.directory to another directory");
        Ownership others = new Ownership(NOBODY);
        // The link belongs to somebody else, from the view of nobody; root is trusted.
        Files.setAttribute(link, "unix:uid", 12345, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        assertThatThrownBy(
                () -> new DumpDirectory(new Place(link.resolve("below"), false), others, "pumps").begin(Kind.THREADS))
                .isInstanceOf(IOException.class).hasMessageContaining(link + " is a symbolic link of user 12345");
        assertThat(names(trap)).allMatch(name -> name.equals("below"));
    }

    @Test
    void ownLinksToDirectoriesAreFollowedWhereTheConfigurationNamesThem() throws IOException {
        Path target = Files.createDirectory(parent.resolve("target"));
        Path link = Files.createSymbolicLink(parent.resolve("link"), target);
        assertThat(write(directory(link, false), "x")).exists();
        assertThat(names(target)).hasSize(1);
    }

    @Test
    void aDirectoryOfOthersIsRefused() throws IOException {
        Path path = Files.createDirectory(parent.resolve("dumps"), PosixFilePermissions
                .asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        int owner = (int) Files.getAttribute(path, "unix:uid");
        assertThatThrownBy(
                () -> new DumpDirectory(new Place(path, true), new Ownership(NOBODY), "pumps").begin(Kind.HEAP))
                .isInstanceOf(IOException.class)
                .hasMessage("The heap dump cannot be written to " + path + ": " + path + " belongs to user " + owner
                        + ", and this process runs as user 65534; remove it, or set quarkus.proc-daemon.dump.directory to"
                        + " another directory");
        assertThat(names(path)).isEmpty();
    }

    @Test
    void aDirectoryInTheTemporaryOneThatOthersMayEnterIsRefused() throws IOException {
        Path path = Files.createDirectory(parent.resolve("dumps"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> directory(path, true).begin(Kind.THREADS)).isInstanceOf(IOException.class)
                .hasMessageContaining(path + " is open to other users; set its mode to 0700, or set");
        assertThat(write(directory(path, false), "configured")).exists();
    }

    @Test
    void aFileInItsPlaceIsRefused() throws IOException {
        Path path = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> directory(path, false).begin(Kind.THREADS)).isInstanceOf(IOException.class)
                .hasMessageContaining(path + " is not a directory");
        assertThatThrownBy(() -> directory(path.resolve("below"), false).begin(Kind.THREADS)).isInstanceOf(IOException.class)
                .hasMessageContaining(path + " is not a directory; set quarkus.proc-daemon.dump.directory");
    }

    @Test
    void aFullDiskIsSaidInWords() {
        assertThat(directory(parent, false).failed(Kind.HEAP, new IOException("No space left on device")))
                .hasMessage(
                        "The heap dump cannot be written to " + parent + ": No space left on device; free some space, or set"
                                + " quarkus.proc-daemon.dump.directory to another directory");
    }

    @Test
    void theOldestOfADaemonGo() throws IOException {
        DumpDirectory directory = directory(parent, false);
        for (int i = 10; i < 17; i++) {
            Files.createFile(parent.resolve("pumps-heap-20260102T0304" + i + ".000Z-7.hprof"));
        }
        List<String> others = List.of("pumps-heap-mine.hprof", "pumps-heap-20260102T030405.000Z-7.hprof.gz",
                "others-heap-20260102T030405.000Z-7.hprof", "pumps-threads-20260102T030405.000Z-7.txt");
        for (String other : others) {
            Files.createFile(parent.resolve(other));
        }
        new KeptFiles(directory).review(Kind.HEAP);
        assertThat(names(parent)).containsAll(others)
                .filteredOn(name -> name.startsWith("pumps-heap-2026") && name.endsWith(".hprof"))
                .hasSize(Kind.HEAP.most).first().isEqualTo("pumps-heap-20260102T030412.000Z-7.hprof");
    }

    @Test
    void whatKilledProcessesHaveLeftGoesAfterTwoDays() throws IOException {
        DumpDirectory directory = directory(parent, false);
        Path old = directory.begin(Kind.HEAP).path();
        Files.writeString(old, "half");
        Path young = directory.begin(Kind.HEAP).path();
        Files.setLastModifiedTime(old.getParent(), FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        new KeptFiles(directory).review(Kind.THREADS);
        assertThat(old.getParent()).doesNotExist();
        assertThat(young.getParent()).exists();
    }
}

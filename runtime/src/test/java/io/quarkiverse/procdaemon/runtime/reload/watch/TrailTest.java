package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places on the way to a file. */
class TrailTest {

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void resolve() throws IOException {
        directory = temporary.toRealPath();
    }

    /** Without those above the directory of the test. */
    private List<Place> trail(String path) {
        return Trail.to(List.of(directory.resolve(path))).stream().filter(place -> place.directory().startsWith(directory))
                .toList();
    }

    private Place way(String in, String name) {
        return new Place(directory.resolve(in), Path.of(name), false);
    }

    private Place end(String in, String name) {
        return new Place(directory.resolve(in), name == null ? null : Path.of(name), true);
    }

    @Test
    void itBeginsAtTheRoot() throws IOException {
        Files.createDirectory(directory.resolve("a"));
        Files.createFile(directory.resolve("a/file"));
        List<Place> all = List.copyOf(Trail.to(List.of(directory.resolve("a/file"))));
        assertThat(all).hasSize(directory.getNameCount() + 2);
        assertThat(all.get(0)).isEqualTo(new Place(directory.getRoot(), directory.getName(0), false));
        assertThat(trail("a/file")).containsExactly(way("", "a"), end("a", "file"));
    }

    @Test
    void itEndsWhereSomethingIsMissing() {
        assertThat(trail("a/b/file")).containsExactly(end("", "a"));
    }

    @Test
    void itEndsAtAFileInThePlaceOfADirectory() throws IOException {
        Files.createFile(directory.resolve("a"));
        assertThat(trail("a/b/file")).containsExactly(end("", "a"));
    }

    @Test
    void itFollowsEachLink() throws IOException {
        Files.createFile(Files.createDirectory(directory.resolve("..1")).resolve("file"));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(directory.resolve("file"), Path.of("..data/file"));
        assertThat(trail("file")).containsExactly(way("", "file"), way("", "..data"), way("", "..1"), end("..1", "file"));
    }

    @Test
    void upMeansUpFromWhereTheLinkHasLed() throws IOException {
        Files.createDirectories(directory.resolve("a/b"));
        Files.createFile(directory.resolve("a/file"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a/b"));
        assertThat(trail("link/.././file")).containsExactly(way("", "link"), way("", "a"), way("a", "b"), end("a", "file"));
    }

    @Test
    void aLinkToItselfLeadsNowhere() throws IOException {
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        assertThat(trail("loop/file")).containsExactly(way("", "loop"));
    }

    @Test
    void aLinkToNothingEndsWhereItWouldAppear() throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("late"));
        assertThat(trail("link")).containsExactly(way("", "link"), end("", "late"));
    }

    @Test
    void inADirectoryEverythingMatters() throws IOException {
        Files.createFile(Files.createDirectory(directory.resolve("conf")).resolve("file"));
        Files.createFile(directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("conf/link"), Path.of("../elsewhere"));
        assertThat(trail("conf")).contains(way("", "conf"), end("conf", null), way("conf", "link"), end("", "elsewhere"));
    }

    @Test
    void severalWaysAreOneSet() throws IOException {
        Files.createFile(directory.resolve("a"));
        Files.createFile(directory.resolve("b"));
        Set<Place> both = Trail.to(List.of(directory.resolve("a"), directory.resolve("b"), directory.resolve("a")));
        assertThat(both.stream().filter(Place::file).collect(Collectors.toSet())).containsExactlyInAnyOrder(end("", "a"),
                end("", "b"));
    }
}

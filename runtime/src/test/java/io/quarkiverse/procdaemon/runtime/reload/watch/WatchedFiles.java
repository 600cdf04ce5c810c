package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests of a watch begin with: two files with one line in them, and a watch to be started. */
@Timeout(60)
abstract class WatchedFiles {

    static final Duration SHORT = Duration.ofMillis(50);
    /** A busy machine does not stop a test in the middle for five times as long. */
    static final Duration LONG = Duration.ofMillis(500);

    @TempDir
    Path temporary;

    final Calls calls = new Calls();
    CountingEvents events;
    Path directory;
    Path file;
    Path other;
    FileWatch watch;

    @BeforeEach
    void write() throws IOException {
        events = events();
        directory = Files.createDirectory(temporary.toRealPath().resolve("conf"));
        file = Files.writeString(directory.resolve("app.properties"), "one");
        other = Files.writeString(directory.resolve("other.properties"), "other");
    }

    @AfterEach
    void close() {
        if (watch != null) {
            watch.close();
        }
    }

    abstract CountingEvents events();

    abstract Duration poll();

    void start(Duration debounce, Path... files) throws InterruptedException {
        start(debounce, calls, files);
    }

    void start(Duration debounce, Consumer<Set<Path>> changed, Path... files) throws InterruptedException {
        watch = new FileWatch(List.of(files), debounce, poll(), changed, events);
        watch.start(Set::of);
        events.awaitLooked(1);
    }

    /** Waits until one more look is over than there were. */
    void awaitLook(int before) throws InterruptedException {
        events.awaitLooked(before + 1);
    }

    static void renameOver(Path target, String content) throws IOException {
        Path written = Files.writeString(target.resolveSibling("." + target.getFileName() + ".tmp"), content);
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** As ln -sfn does it safely. */
    static void swapLink(Path link, Path target) throws IOException {
        Path made = Files.createSymbolicLink(link.resolveSibling(link.getFileName() + "_tmp"), target);
        Files.move(made, link, StandardCopyOption.ATOMIC_MOVE);
    }

    static void deleteAll(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path each : files.toList()) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    deleteAll(each);
                } else {
                    Files.delete(each);
                }
            }
        }
        Files.delete(directory);
    }
}

package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.runtime.engine.LogCapture;

/** What becomes of a watch that gets no events, or not all. */
@Timeout(60)
class EventsTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @TempDir
    Path directory;

    private final LogCapture log = new LogCapture("io.quarkiverse.procdaemon.runtime.reload.watch");
    private final Calls calls = new Calls();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("app.properties"), "one");
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void seesChangesWith(Lookout lookout) throws Exception {
        try (FileWatch watch = new FileWatch(List.of(file), SHORT, SHORT, calls, () -> lookout)) {
            watch.start();
            for (String content : new String[] { "two", "three", "four" }) {
                Files.writeString(file, content);
                assertThat(calls.next()).containsExactly(file);
            }
        }
    }

    @Test
    void withoutAWatchServiceItPolls() throws Exception {
        seesChangesWith(Events.open(() -> {
            throw new IOException("User limit of inotify instances reached or too many open files");
        }));
        assertThat(log.lines()).containsExactly("WARN Files are looked at from time to time instead of being watched:"
                + " java.io.IOException: User limit of inotify instances reached or too many open files;"
                + " raise fs.inotify.max_user_instances (sysctl) or the number of open files (ulimit -n)");
    }

    @Test
    void theRehearsalOfTheEndLeavesItToTheBeginToSayThatThereAreNone() {
        Events.rehearseEnd(() -> {
            throw new IOException("User limit of inotify instances reached or too many open files");
        });
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aSystemMayKnowNoEvents() throws Exception {
        seesChangesWith(Events.open(() -> {
            throw new UnsupportedOperationException("none");
        }));
        assertThat(log.lines()).containsExactly("WARN Files are looked at from time to time instead of being watched:"
                + " java.lang.UnsupportedOperationException: none");
    }

    @Test
    void withoutEnoughWatchesItPolls() throws Exception {
        seesChangesWith(failing("User limit of inotify watches reached"));
        assertThat(log.lines()).containsExactly("WARN Files are looked at from time to time, since not all of their directories"
                + " can be watched: User limit of inotify watches reached; raise fs.inotify.max_user_watches (sysctl)");
    }

    @Test
    void aDirectoryThatMayNotBeReadIsPolled() throws Exception {
        seesChangesWith(failing("Permission denied"));
        assertThat(log.lines()).containsExactly("WARN Files are looked at from time to time, since the directory "
                + directory.toRealPath() + " cannot be watched: java.io.IOException: Permission denied");
    }

    /** Stands for a system that has no watch left for the directory of the file. */
    private Lookout failing(String message) throws IOException {
        Path full = directory.toRealPath();
        return new Events(FileSystems.getDefault().newWatchService()) {
            @Override
            WatchKey register(Path directory, WatchService service, WatchEvent.Kind<?>[] kinds) throws IOException {
                if (directory.equals(full)) {
                    throw new IOException(message);
                }
                return super.register(directory, service, kinds);
            }
        };
    }

    @Test
    void aLookThatFailsIsSaidAndIsNotTheLast() throws Exception {
        Lookout broken = new Events(FileSystems.getDefault().newWatchService()) {
            private int looks;

            @Override
            public boolean watch(Supplier<Set<Place>> places) {
                if (++looks == 2) {
                    throw new IllegalStateException("broken");
                }
                return super.watch(places);
            }
        };
        seesChangesWith(broken);
        assertThat(log.lines())
                .containsExactly("WARN The files [" + file + "] could not be looked at; they are again in PT0.02S");
    }

    @Test
    void nobodyIsCalledOfALookDuringWhichItIsClosed() throws Exception {
        FileWatch[] watch = new FileWatch[1];
        Thread[] thread = new Thread[1];
        CountDownLatch closed = new CountDownLatch(1);
        watch[0] = new FileWatch(List.of(file), SHORT, SHORT, calls, () -> new Lookout() {
            private final Lookout events = new NoEvents();
            private int looks;

            @Override
            public boolean watch(Supplier<Set<Place>> places) {
                if (++looks == 3) {
                    thread[0] = Thread.currentThread();
                    watch[0].close();
                    closed.countDown();
                }
                return events.watch(places);
            }

            @Override
            public boolean await(long nanos) throws InterruptedException {
                renameOverOnce();
                return events.await(nanos);
            }

            @Override
            public void close() {
                events.close();
            }
        });
        watch[0].start();
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        thread[0].join(20_000);
        assertThat(thread[0].isAlive()).isFalse();
        assertThat(calls.size()).isZero();
    }

    /** So the first look after the start finds the change, and the next one is about to report it. */
    private void renameOverOnce() {
        try {
            if (Files.readString(file).equals("one")) {
                WatchedFiles.renameOver(file, "two");
            }
        } catch (IOException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void whatHappensToOthersIsOfNoConcern() throws Exception {
        try (Lookout events = Events.open(FileSystems.getDefault()::newWatchService)) {
            assertThat(events.watch(() -> Trail.to(List.of(file)))).isTrue();
            Files.createFile(directory.resolve("other"));
            assertThat(events.await(MINUTE)).isFalse();
            Files.writeString(file, "two");
            assertThat(events.await(MINUTE)).isTrue();
        }
    }

    @Test
    void aDirectoryThatAppearsWhileItsParentIsRegisteredIsRegisteredToo() throws Exception {
        Path late = directory.resolve("late/app.properties");
        try (Lookout events = Events.open(FileSystems.getDefault()::newWatchService)) {
            AtomicInteger asked = new AtomicInteger();
            assertThat(events.watch(() -> {
                Set<Place> places = Trail.to(List.of(late));
                if (asked.getAndIncrement() == 0) {
                    assertThat(late.getParent().toFile().mkdir()).isTrue();
                }
                return places;
            })).isTrue();
            Files.createFile(late);
            assertThat(events.await(MINUTE)).isTrue();
        }
    }

    @Test
    void whereDirectoriesComeAndGoWithoutEndItGivesUp() throws Exception {
        try (Lookout events = Events.open(FileSystems.getDefault()::newWatchService)) {
            AtomicInteger asked = new AtomicInteger();
            assertThat(events.watch(() -> Set.of(new Place(directory, Path.of("file-" + asked.getAndIncrement()), true))))
                    .isFalse();
            assertThat(asked.get()).isLessThan(20);
        }
    }

    @Test
    void fileSystemsOfOthersAreKnownByTheirType() {
        assertThat(List.of("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse")).allMatch(Remoteness::isRemote);
        assertThat(List.of("ext4", "xfs", "btrfs", "overlay", "tmpfs", "zfs")).noneMatch(Remoteness::isRemote);
    }

    @Test
    void whatIsHereIsNotRemote() {
        assertThat(Trail.to(List.of(file))).allSatisfy(place -> assertThat(Remoteness.of(place)).isEmpty());
    }
}

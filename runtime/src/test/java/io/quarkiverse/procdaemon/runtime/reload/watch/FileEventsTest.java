package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.runtime.engine.LogCapture;

/** What becomes of a watch that gets no events, or not all, and of one that hangs. */
@Timeout(60)
class FileEventsTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final String POLLED = "WARN Changes of files may be noticed only every quarkus.proc-daemon.reload.poll-interval: ";
    private static final String MORE = "; raise fs.inotify.max_user_watches and fs.inotify.max_user_instances (sysctl), or the"
            + " number of open files (ulimit -n)";

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

    private FileWatch start(FileEvents events) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        FileWatch watch = new FileWatch(List.of(file), SHORT, SHORT, calls, events);
        watch.start(() -> {
            begun.countDown();
            return Set.of();
        });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        return watch;
    }

    private void seesChangesWith(FileEvents events) throws Exception {
        try (FileWatch watch = start(events)) {
            for (String content : new String[] { "two", "three", "four" }) {
                Files.writeString(file, content);
                assertThat(calls.next()).containsExactly(file);
            }
        }
    }

    private static FileEvents without(Exception cause) {
        return new FileEvents() {
            @Override
            WatchService newService() throws IOException {
                if (cause instanceof IOException io) {
                    throw io;
                }
                throw (RuntimeException) cause;
            }
        };
    }

    /** Stands for a system that refuses to watch anything. */
    private static FileEvents refusing(IOException cause) {
        return new FileEvents() {
            @Override
            WatchKey register(Path directory, WatchService service) throws IOException {
                throw cause;
            }
        };
    }

    @Test
    void withoutAWatchServiceItPolls() throws Exception {
        seesChangesWith(without(new IOException("User limit of inotify instances reached or too many open files")));
        assertThat(log.lines()).containsExactly(POLLED
                + "java.io.IOException: User limit of inotify instances reached or too many open files" + MORE);
    }

    @Test
    void aSystemMayKnowNoEvents() throws Exception {
        seesChangesWith(without(new UnsupportedOperationException("none")));
        assertThat(log.lines()).containsExactly(POLLED + "java.lang.UnsupportedOperationException: none");
    }

    @Test
    void withoutEnoughWatchesItSaysItOnceAndPolls() throws Exception {
        seesChangesWith(refusing(new IOException("User limit of inotify watches reached")));
        assertThat(log.lines())
                .containsExactly(POLLED + "java.io.IOException: User limit of inotify watches reached" + MORE);
    }

    @Test
    void aDirectoryThatMayNotBeListedIsPolledWithoutAWord() throws Exception {
        seesChangesWith(refusing(new AccessDeniedException(directory.toString())));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aWatchServiceThatFailsIsDoneWithoutFromThenOn() throws Exception {
        WatchService closed = FileSystems.getDefault().newWatchService();
        closed.close();
        seesChangesWith(new FileEvents() {
            @Override
            WatchService newService() {
                return closed;
            }
        });
        assertThat(log.lines()).containsExactly(POLLED + "java.nio.file.ClosedWatchServiceException");
    }

    @Test
    void aWatchServiceThatFailsWhileItIsWaitedForIsDoneWithoutFromThenOn() throws Exception {
        WatchService closed = FileSystems.getDefault().newWatchService();
        closed.close();
        seesChangesWith(new FileEvents() {
            @Override
            WatchService newService() {
                return closed;
            }

            @Override
            WatchKey register(Path directory, WatchService service) {
                return null;
            }
        });
        assertThat(log.lines()).containsExactly(POLLED + "java.nio.file.ClosedWatchServiceException");
    }

    @Test
    void looksThatFailAreOneLineAndNotTheLastOnes() throws Exception {
        seesChangesWith(new FileEvents() {
            private int looks;

            @Override
            void watch(Collection<Path> paths) {
                if (++looks == 2 || looks == 3) {
                    throw new IllegalStateException("broken");
                }
                super.watch(paths);
            }
        });
        assertThat(log.lines())
                .containsExactly("WARN The files [" + file + "] could not be checked for changes; trying again every PT0.02S");
    }

    @Test
    void nobodyIsCalledOfALookDuringWhichItIsClosed() throws Exception {
        FileWatch[] watch = new FileWatch[1];
        Thread[] thread = new Thread[1];
        CountDownLatch closed = new CountDownLatch(1);
        watch[0] = new FileWatch(List.of(file), SHORT, SHORT, calls, new FileEvents() {
            private int looks;

            @Override
            void open() {
                // None, so that what is found has to be found twice.
            }

            @Override
            void watch(Collection<Path> paths) {
                if (++looks == 3) {
                    thread[0] = Thread.currentThread();
                    watch[0].close();
                    closed.countDown();
                }
            }

            @Override
            boolean await(long nanos) throws InterruptedException {
                renameOverOnce();
                return super.await(nanos);
            }
        });
        watch[0].start(Set::of);
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

    /** As on NFS whose server is gone: neither the start nor the end waits for it. */
    @Test
    void aDirectoryThatHangsKeepsOnlyItsThread() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch comesBack = new CountDownLatch(1);
        Thread[] thread = new Thread[1];
        FileWatch watch = new FileWatch(List.of(file), SHORT, SHORT, calls, new FileEvents() {
            @Override
            void watch(Collection<Path> paths) {
                thread[0] = Thread.currentThread();
                hangs.countDown();
                WatchContract.await(comesBack);
            }
        });
        watch.start(Set::of);
        assertThat(hangs.await(20, TimeUnit.SECONDS)).isTrue();
        watch.close();
        assertThat(thread[0].isAlive()).isTrue();
        comesBack.countDown();
        thread[0].join(20_000);
        assertThat(thread[0].isAlive()).isFalse();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void whileItWaitsItEndsAtOnce() throws Exception {
        Thread[] thread = new Thread[1];
        CountDownLatch waits = new CountDownLatch(1);
        FileWatch watch = new FileWatch(List.of(file), SHORT, Duration.ofDays(1), calls, new FileEvents() {
            @Override
            void open() {
                // So that nothing else can end the wait.
            }

            @Override
            boolean await(long nanos) throws InterruptedException {
                thread[0] = Thread.currentThread();
                waits.countDown();
                return super.await(nanos);
            }
        });
        watch.start(Set::of);
        assertThat(waits.await(20, TimeUnit.SECONDS)).isTrue();
        watch.close();
        thread[0].join(20_000);
        assertThat(thread[0].isAlive()).isFalse();
    }

    @Test
    void theEndDoesNotInterruptACall() throws Exception {
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch isClosed = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        boolean[] interrupted = new boolean[1];
        FileWatch watch = new FileWatch(List.of(file), SHORT, SHORT, changed -> {
            calling.countDown();
            try {
                isClosed.await();
            } catch (InterruptedException disturbed) {
                interrupted[0] = true;
            }
            over.countDown();
        }, new FileEvents());
        watch.start(() -> Set.of(file));
        assertThat(calling.await(20, TimeUnit.SECONDS)).isTrue();
        watch.close();
        isClosed.countDown();
        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted[0]).isFalse();
    }

    @Test
    void nothingToWatchNeedsNoThread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (FileWatch watch = new FileWatch(List.of(), SHORT, SHORT, calls, new FileEvents())) {
            watch.start(Set::of);
            assertThat(Thread.getAllStackTraces().keySet()).filteredOn(thread -> !before.contains(thread))
                    .extracting(Thread::getName).doesNotContain("proc-daemon-watch");
        }
    }

    @Test
    void linksInCirclesLeadNowhere() throws Exception {
        Files.createSymbolicLink(directory.resolve("self"), Path.of("."));
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("self/loop"));
        FileEvents events = new FileEvents();
        events.open();
        try {
            events.watch(List.of(directory.resolve("loop/file"), directory.resolve("self/self/late")));
            Files.createFile(directory.resolve("late"));
            while (!events.await(MINUTE)) {
                // Something happened to another file in a directory above.
            }
        } finally {
            events.close();
        }
    }
}

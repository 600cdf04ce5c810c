package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.LogCapture;

/** What a watch does, by events or without them. */
abstract class WatchContract extends WatchedFiles {

    @Test
    void aFileThatIsWrittenAnewIsReported() throws Exception {
        start(SHORT, file, other);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(file);
        Files.writeString(other, "two");
        assertThat(calls.next()).containsExactly(other);
    }

    @Test
    void whatOthersReadIsNotReportedAndItsRestorationIs() throws Exception {
        start(LONG, file, other);
        Files.writeString(file, "two");
        watch.whileRead(() -> null);
        Files.writeString(file, "one");
        assertThat(calls.next()).containsExactly(file);
        Files.writeString(other, "two");
        assertThat(calls.next()).as("what was taken counts once").containsExactly(other);
    }

    @Test
    void whatChangesWhileOthersReadIsReported() throws Exception {
        start(LONG, file, other);
        watch.whileRead(() -> Files.writeString(file, "two"));
        assertThat(calls.next()).containsExactly(file);
        watch.whileRead(() -> null);
        Files.writeString(other, "two");
        assertThat(calls.next()).containsExactly(other);
    }

    @Test
    void whatChangesWhileOthersReadIsReportedThoughItIsRestored() throws Exception {
        start(LONG, file, other);
        watch.whileRead(() -> Files.writeString(file, "two"));
        Files.writeString(file, "one");
        assertThat(calls.next()).containsExactly(file);
    }

    @Test
    void theSameBytesAreNoChange() throws Exception {
        start(SHORT, file, other);
        int before = events.looked();
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        awaitLook(before);
        before = events.looked();
        Files.writeString(file, "one");
        awaitLook(before);
        before = events.looked();
        renameOver(file, "one");
        awaitLook(before);
        Files.writeString(other, "two");
        assertThat(calls.next()).containsExactly(other);
    }

    @Test
    void aChangeOfTheSameLengthAndTimeIsOne() throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        start(SHORT, file);
        Path written = Files.writeString(directory.resolve("tmp"), "two");
        Files.setLastModifiedTime(written, time);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(calls.next()).containsExactly(file);
    }

    @Test
    void aRenameOverIsOneChange() throws Exception {
        start(SHORT, file, other);
        renameOver(file, "two");
        assertThat(calls.next()).containsExactly(file);
        renameOver(other, "two");
        assertThat(calls.next()).containsExactly(other);
    }

    @Test
    void deletionAndCreationAreOneChange() throws Exception {
        start(LONG, file, other);
        Files.delete(file);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(file);
        assertThat(file).hasContent("two");
        Files.writeString(other, "two");
        assertThat(calls.next()).containsExactly(other);
    }

    @Test
    void sedChangesAFile() throws Exception {
        start(SHORT, file, other);
        for (String script : new String[] { "s/one/two/", "s/two/three/" }) {
            Process sed = new ProcessBuilder("sed", "-i", script, file.toString()).inheritIO().start();
            assertThat(sed.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(sed.exitValue()).isZero();
            assertThat(calls.next()).containsExactly(file);
        }
        assertThat(file).hasContent("three");
    }

    @Test
    void aFileThatIsEmptiedAndThenWrittenIsReportedOnce() throws Exception {
        start(LONG, file, other);
        int before = events.looked();
        Files.write(file, new byte[0]);
        awaitLook(before);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(file);
        Files.writeString(other, "two");
        assertThat(calls.next()).containsExactly(other);
    }

    @Test
    void aFileThatStaysEmptyIsReported() throws Exception {
        start(SHORT, file);
        Files.write(file, new byte[0]);
        assertThat(calls.next()).containsExactly(file);
    }

    @Test
    void aFileThatStaysAwayIsReported() throws Exception {
        start(SHORT, file);
        Files.delete(file);
        assertThat(calls.next()).containsExactly(file);
        Files.writeString(file, "one");
        assertThat(calls.next()).containsExactly(file);
    }

    @Test
    void aFileThatAppearsIsReported() throws Exception {
        Path late = directory.resolve("late.properties");
        start(SHORT, late);
        Files.writeString(late, "late");
        assertThat(calls.next()).containsExactly(late);
        Files.writeString(late, "later");
        assertThat(calls.next()).containsExactly(late);
    }

    @Test
    void aFileInDirectoriesThatAppearIsReported() throws Exception {
        Path late = directory.resolve("a/b/c/late.properties");
        start(SHORT, late);
        for (String each : new String[] { "a", "a/b", "a/b/c" }) {
            int before = events.looked();
            Files.createDirectory(directory.resolve(each));
            awaitLook(before);
        }
        Files.writeString(late, "late");
        assertThat(calls.next()).containsExactly(late);
    }

    @Test
    void directoriesThatAppearAllAtOnceAreEntered() throws Exception {
        Path late = directory.resolve("a/b/c/late.properties");
        start(SHORT, late);
        Files.createDirectories(late.getParent());
        Files.writeString(late, "late");
        assertThat(calls.next()).containsExactly(late);
    }

    @Test
    void aDirectoryMayGoAndComeAgain() throws Exception {
        start(SHORT, file, other);
        Set<Path> gone = new HashSet<>();
        deleteAll(directory);
        while (gone.size() < 2) {
            gone.addAll(calls.next());
        }
        Files.createDirectory(directory);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(file);
        Files.writeString(file, "three");
        assertThat(calls.next()).containsExactly(file);
    }

    @Test
    void aDirectoryMayBeReplacedByAnother() throws Exception {
        Path next = Files.createDirectory(directory.resolveSibling("next"));
        Files.writeString(next.resolve(file.getFileName()), "two");
        Files.writeString(next.resolve(other.getFileName()), "other");
        start(LONG, file, other);
        Files.move(directory, directory.resolveSibling("previous"));
        Files.move(next, directory);
        assertThat(calls.next()).containsExactly(file);
        Files.writeString(other, "in the new directory");
        assertThat(calls.next()).containsExactly(other);
    }

    /** How Kubernetes updates a mounted ConfigMap. */
    @Test
    void theSwapOfALinkToTheDirectoryOfTheDataIsAChange() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Path properties = mounted.resolve("app.properties");
        Files.writeString(Files.createDirectory(mounted.resolve("..2024_1")).resolve("app.properties"), "one");
        Files.createSymbolicLink(mounted.resolve("..data"), Path.of("..2024_1"));
        Files.createSymbolicLink(properties, Path.of("..data/app.properties"));
        start(SHORT, properties);
        for (int version = 2; version < 5; version++) {
            Files.writeString(Files.createDirectory(mounted.resolve("..2024_" + version)).resolve("app.properties"),
                    "version " + version);
            swapLink(mounted.resolve("..data"), Path.of("..2024_" + version));
            deleteAll(mounted.resolve("..2024_" + (version - 1)));
            assertThat(calls.next()).containsExactly(properties);
            assertThat(properties).hasContent("version " + version);
        }
        Files.writeString(mounted.resolve("..2024_4/app.properties"), "in place");
        assertThat(calls.next()).containsExactly(properties);
    }

    @Test
    void aMountedConfigMapMayBeGivenAsADirectory() throws Exception {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Path real = Files.createDirectory(directory.resolve("real"));
        Files.writeString(Files.createDirectory(real.resolve("1")).resolve("app.properties"), "one");
        Files.writeString(Files.createDirectory(real.resolve("2")).resolve("app.properties"), "two");
        Files.createSymbolicLink(real.resolve("data"), Path.of("1"));
        Files.createSymbolicLink(mounted.resolve("app.properties"), Path.of("../real/data/app.properties"));
        start(SHORT, mounted);
        swapLink(real.resolve("data"), Path.of("2"));
        assertThat(calls.next()).containsExactly(mounted);
        Files.writeString(real.resolve("2/app.properties"), "in place");
        assertThat(calls.next()).containsExactly(mounted);
    }

    @Test
    void aLinkInTheMiddleOfThePathMayBeSwapped() throws Exception {
        for (String release : new String[] { "1", "2" }) {
            Path conf = Files.createDirectories(directory.resolve("releases/" + release + "/conf"));
            Files.writeString(conf.resolve("app.properties"), release);
        }
        Path current = Files.createSymbolicLink(directory.resolve("current"), directory.resolve("releases/1"));
        Path properties = current.resolve("conf/app.properties");
        start(SHORT, properties);
        swapLink(current, directory.resolve("releases/2"));
        assertThat(calls.next()).containsExactly(properties);
    }

    @Test
    void aDirectoryStandsForTheFilesInIt() throws Exception {
        Path inside = Files.createDirectory(directory.resolve("inside"));
        start(SHORT, directory);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(directory);
        Files.writeString(directory.resolve("new"), "new");
        assertThat(calls.next()).containsExactly(directory);
        Files.delete(directory.resolve("new"));
        assertThat(calls.next()).containsExactly(directory);
        int before = events.looked();
        Files.writeString(inside.resolve("deeper"), "not directly in it");
        Files.createDirectory(directory.resolve("another"));
        awaitLook(before);
        assertThat(calls.size()).isZero();
    }

    @Test
    void changesWithinADebounceAreOneCall() throws Exception {
        Path third = directory.resolve("third.properties");
        start(LONG.multipliedBy(2), file, other, third);
        Files.writeString(file, "two");
        for (int i = 0; i < 10; i++) {
            pause();
        }
        Files.writeString(third, "three");
        Files.writeString(other, "two");
        assertThat(calls.next()).containsExactlyInAnyOrder(file, other, third);
    }

    @Test
    void changesDuringACallAreOneMoreCall() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        start(SHORT, changed -> {
            calls.accept(changed);
            await(release);
        }, file, other);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(file);
        Files.writeString(file, "three");
        Files.writeString(other, "two");
        Files.writeString(file, "four");
        release.countDown();
        assertThat(calls.next()).containsExactlyInAnyOrder(file, other);
        Files.writeString(other, "three");
        assertThat(calls.next()).containsExactly(other);
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void writesThatDoNotEndKeepNoChangeBack() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Path noisy = Files.createDirectory(directory.resolve("noisy"));
        start(Duration.ofMillis(200), file, noisy);
        Thread writer = new Thread(() -> {
            for (int i = 0; !over.get(); i++) {
                append(noisy.resolve("log"), "line " + i);
                pause();
            }
        });
        writer.start();
        try {
            assertThat(calls.next()).contains(noisy);
            Files.writeString(file, "two");
            Set<Path> seen = new HashSet<>();
            while (!seen.contains(file)) {
                seen.addAll(calls.next());
            }
            assertThat(writer.isAlive()).isTrue();
        } finally {
            over.set(true);
            writer.join(20_000);
        }
    }

    /** Makes five hundred of something take a second; nothing is waited for. */
    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void aBurstIsFewCallsAndItsLastContentIsReported() throws Exception {
        Set<String> contents = ConcurrentHashMap.newKeySet();
        start(SHORT, changed -> {
            try {
                contents.add(Files.readString(file));
            } catch (IOException unexpected) {
                throw new AssertionError(unexpected);
            }
            calls.accept(changed);
        }, file);
        long begin = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            Files.writeString(file, "content " + i);
            pause();
        }
        while (!contents.contains("content 499")) {
            assertThat(calls.next()).containsExactly(file);
        }
        long debounces = (System.nanoTime() - begin) / SHORT.toNanos();
        assertThat((long) contents.size()).isBetween(1L, debounces + 1);
    }

    @Test
    void aCallThatFailsIsLoggedAndIsNotTheLast() throws Exception {
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon.runtime.reload.watch")) {
            start(SHORT, changed -> {
                calls.accept(changed);
                throw new IllegalStateException("no");
            }, file);
            Files.writeString(file, "two");
            assertThat(calls.next()).containsExactly(file);
            Files.writeString(file, "three");
            assertThat(calls.next()).containsExactly(file);
            assertThat(log.lines()).contains("WARN The change of [" + file
                    + "] was not handled; the files are still watched");
        }
    }

    /** A link to itself stands for whatever cannot be read, for root as well. */
    @Test
    void aFileThatCannotBeReadIsLoggedOnceAndIsNoChange() throws Exception {
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon.runtime.reload.watch")) {
            start(SHORT, file, other);
            for (int spell = 1; spell <= 2; spell++) {
                int before = events.looked();
                swapLink(file, file);
                awaitLook(before);
                for (int change = 1; change <= 2; change++) {
                    Files.writeString(other, "spell " + spell + " change " + change);
                    assertThat(calls.next()).containsExactly(other);
                }
                assertThat(log.lines()).hasSize(spell).allSatisfy(line -> assertThat(line)
                        .startsWith(
                                "WARN " + file + " cannot be read: java.nio.file.FileSystemException: " + file + ": Too many")
                        .endsWith("; it counts as unchanged until it can"));
                before = events.looked();
                renameOver(file, "one");
                awaitLook(before);
                Files.writeString(other, "spell " + spell + " is over");
                assertThat(calls.next()).containsExactly(other);
            }
            renameOver(file, "two");
            assertThat(calls.next()).containsExactly(file);
        }
    }

    @Test
    void itMayBeClosedInACall() throws Exception {
        Thread[] thread = new Thread[1];
        start(SHORT, changed -> {
            thread[0] = Thread.currentThread();
            watch.close();
            calls.accept(changed);
        }, file);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(file);
        assertThat(thread[0].getName()).isEqualTo("proc-daemon-watch");
        assertThat(thread[0].isDaemon()).isTrue();
        thread[0].join(20_000);
        assertThat(thread[0].isAlive()).isFalse();
    }

    @Test
    void itDoesNotWaitForEverForACallToEnd() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Thread[] thread = new Thread[1];
        start(SHORT, changed -> {
            thread[0] = Thread.currentThread();
            calls.accept(changed);
            await(release);
        }, file);
        Files.writeString(file, "two");
        calls.next();
        Files.writeString(file, "three");
        watch.close();
        watch.close();
        assertThat(thread[0].isAlive()).isTrue();
        release.countDown();
        thread[0].join(20_000);
        assertThat(thread[0].isAlive()).isFalse();
        assertThat(calls.size()).isZero();
    }

    @Test
    void anInterruptDoesNotEndIt() throws Exception {
        start(SHORT, changed -> {
            Thread.currentThread().interrupt();
            calls.accept(changed);
        }, file);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(file);
        Files.writeString(file, "three");
        assertThat(calls.next()).containsExactly(file);
    }
}

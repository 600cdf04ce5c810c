package io.quarkiverse.procdaemon.runtime.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;

/** Whole dumps of a daemon. */
@Timeout(60)
class DiagnosticFilesTest {

    private static final int CALLERS = 5;

    @TempDir
    Path directory;

    private final RealDaemon daemon = RealDaemon.of().add("pump", Behavior.NONE).start();

    @AfterEach
    void stop() {
        daemon.close();
    }

    private DiagnosticFiles files(DaemonInternals seen) {
        return new DiagnosticFiles(seen, new DumpDirectory(new Place(directory, false), new Ownership(), "pumps"),
                () -> new Recorder.Refusal("not here"));
    }

    @Test
    void locksAndDeadlocksAreNamed() throws Exception {
        ReentrantLock fair = new ReentrantLock();
        Object monitor = new Object();
        CountDownLatch both = new CountDownLatch(2);
        Thread one = new Thread(() -> {
            synchronized (monitor) {
                await(both);
                try {
                    fair.lockInterruptibly();
                } catch (InterruptedException end) {
                    return;
                }
            }
        }, "left hand");
        Thread other = new Thread(() -> {
            fair.lock();
            await(both);
            synchronized (monitor) {
                fair.unlock();
            }
        }, "right hand");
        one.start();
        other.start();
        while (other.getState() != Thread.State.BLOCKED || one.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        Path dump = files(daemon.engine).threadDump();
        one.interrupt();
        other.join();
        assertThat(dump).content().containsPattern("""
                Deadlock: these threads wait for each other and will never go on

                (?s:.*)    "right hand" #\\d+ waits for java\\.lang\\.Object@[0-9a-f]+, which "left hand" #\\d+ holds
                """).containsPattern(
                "    \"left hand\" #\\d+ waits for java\\.util\\.concurrent\\.locks\\.ReentrantLock\\S+, which \"right hand\" #\\d+ holds\n")
                .containsPattern("     - holds java\\.lang\\.Object@[0-9a-f]+\n");
    }

    private static void await(CountDownLatch both) {
        both.countDown();
        try {
            both.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreadsAreListed() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        try (RealDaemon virtual = RealDaemon.of().add("swarm", Behavior.running(context -> {
            entered.countDown();
            context.await();
            return null;
        })).start()) {
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(files(virtual.engine).threadDump()).content()
                    .containsPattern("\nVirtual threads\n(.*\n)*\n#\\d+ \"swarm\" virtual.*\n    at ");
        }
        try (var all = Files.list(directory)) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void anInterruptedCallerGetsItsDump() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThat(files(daemon.engine).threadDump()).content().contains("pump: RUNNING");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void whatCannotBeWrittenIsSaidAndTheNextOneIsTriedAgain() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        DiagnosticFiles files = new DiagnosticFiles(daemon.engine,
                new DumpDirectory(new Place(file, false), new Ownership(), "pumps"), () -> new Recorder.Refusal("not here"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(files::threadDump).isInstanceOf(IOException.class)
                    .hasMessage("The thread dump cannot be written to " + file + ": " + file
                            + " is not a directory; remove it, or set quarkus.proc-daemon.dump.directory to another directory");
            assertThatThrownBy(files::heapDump).isInstanceOf(IOException.class)
                    .hasMessageStartingWith("The heap dump cannot be written to " + file);
        }
        Files.delete(file);
        assertThat(files.threadDump()).exists();
    }

    /** Those that come while a dump is being written do not get what was seen before they came, and share one. */
    @RepeatedTest(200)
    void whoWaitsSharesTheNextDump() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        DaemonInternals slow = (DaemonInternals) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { DaemonInternals.class }, (proxy, method, arguments) -> {
                    if (method.getName().equals("isStuck")) {
                        writing.countDown();
                        release.await(20, TimeUnit.SECONDS);
                    }
                    return method.invoke(daemon.engine, arguments);
                });
        DiagnosticFiles files = files(slow);
        CompletableFuture<Path> first = new CompletableFuture<>();
        begin(files, first);
        assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
        List<CompletableFuture<Path>> others = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            CompletableFuture<Path> other = new CompletableFuture<>();
            others.add(other);
            Thread caller = begin(files, other);
            while (caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        release.countDown();
        Set<Path> written = new HashSet<>();
        for (CompletableFuture<Path> other : others) {
            written.add(other.get(20, TimeUnit.SECONDS));
        }
        assertThat(written).hasSize(1).doesNotContain(first.get(20, TimeUnit.SECONDS));
        try (var all = Files.list(directory)) {
            assertThat(all).hasSize(2);
        }
    }

    private static Thread begin(DiagnosticFiles files, CompletableFuture<Path> result) {
        Thread caller = new Thread(() -> result.completeAsync(() -> dump(files), Runnable::run));
        caller.start();
        return caller;
    }

    private static Path dump(DiagnosticFiles files) {
        try {
            return files.threadDump();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;

/** One dump at a time. Who comes while a thread dump waits for its turn shares it. */
final class DiagnosticFiles implements Diagnostics, AutoCloseable {

    private final ThreadDump threads;
    private final DumpDirectory directory;
    private final Supplier<Recorder> recorders;
    private final ReentrantLock turn = new ReentrantLock();
    /** The thread dump that has not begun. */
    private final AtomicReference<@Nullable CompletableFuture<Path>> next = new AtomicReference<>();
    /** Null before the first recording. */
    private @Nullable Recorder recorder;

    /** @param recorders makes the recorder when it is first needed */
    DiagnosticFiles(DaemonInternals daemon, DumpDirectory directory, Supplier<Recorder> recorders) {
        this.threads = new ThreadDump(daemon);
        this.directory = directory;
        this.recorders = recorders;
    }

    @Override
    public Path threadDump() throws IOException {
        CompletableFuture<Path> mine = new CompletableFuture<>();
        CompletableFuture<Path> shared = next.compareAndExchange(null, mine);
        if (shared != null) {
            return join(shared);
        }
        try {
            mine.complete(write(Kind.THREADS));
        } catch (Throwable failure) {
            mine.completeExceptionally(failure);
        }
        Path written = join(mine);
        DumpFile.tell(directory, Kind.THREADS, written);
        return written;
    }

    private static Path join(CompletableFuture<Path> shared) throws IOException {
        try {
            return shared.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof IOException cause) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw failure;
        }
    }

    @Override
    public Path heapDump() throws IOException {
        Path written = write(Kind.HEAP);
        DumpFile.tell(directory, Kind.HEAP, written);
        return written;
    }

    private Path write(Kind kind) throws IOException {
        turn.lock();
        try {
            if (kind == Kind.THREADS) {
                next.set(null);
            }
            try (DumpFile file = directory.begin(kind)) {
                try {
                    if (kind == Kind.HEAP) {
                        HeapDump.write(file.path());
                    } else {
                        writeThreads(file);
                    }
                } catch (IOException failure) {
                    throw directory.failed(kind, failure);
                }
                return file.publish();
            }
        } finally {
            turn.unlock();
        }
    }

    private void writeThreads(DumpFile file) throws IOException {
        // No channel, which an interrupt of the caller would close.
        try (Writer out = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(file.path().toFile()), StandardCharsets.UTF_8))) {
            threads.write(out, file.path("virtual"));
        }
    }

    @Override
    public CompletionStage<Path> record(Duration duration, String settings) throws IOException {
        return recorder().record(duration, settings);
    }

    private synchronized Recorder recorder() {
        if (recorder == null) {
            try {
                recorder = recorders.get();
            } catch (LinkageError missing) {
                throw new UnsupportedOperationException(
                        "This Java runtime has no Flight Recorder: it lacks the module jdk.jfr; add that to the runtime");
            }
        }
        return recorder;
    }

    @Override
    public synchronized void close() {
        if (recorder != null) {
            recorder.close();
        }
    }
}

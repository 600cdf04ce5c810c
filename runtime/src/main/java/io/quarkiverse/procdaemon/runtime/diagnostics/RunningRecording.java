package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import jdk.jfr.Recording;

/** A recording, and the thread that waits for its end. */
final class RunningRecording implements Runnable {

    private static final Logger LOG = Logger.getLogger(RunningRecording.class);
    /** When it is longer, its beginning is dropped. */
    private static final long LARGEST = 1L << 30;
    private static final int LATE = 5;

    private final Recordings all;
    private final Recording recording;
    private final DumpFile file;
    private final Duration duration;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch dumped = new CountDownLatch(1);
    private final CountDownLatch written = new CountDownLatch(1);
    private final CompletableFuture<Path> result = new CompletableFuture<>();

    RunningRecording(Recordings all, Recording recording, DumpFile file, Duration duration) {
        this.all = all;
        this.recording = recording;
        this.file = file;
        this.duration = duration;
    }

    void start() throws IOException {
        try {
            recording.setName("proc-daemon");
            recording.setToDisk(true);
            recording.setMaxSize(LARGEST);
            // What stops it writes it, too: the end of the JVM destroys the data.
            recording.setDestination(file.path());
            recording.setDumpOnExit(true);
            recording.start();
            Thread thread = new Thread(this, "proc-daemon-recording");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException | RuntimeException | Error failure) {
            recording.close();
            throw failure;
        }
    }

    CompletableFuture<Path> result() {
        return result;
    }

    boolean is(Recording other) {
        return recording.getId() == other.getId();
    }

    /** It is to end now. */
    void end() {
        ended.countDown();
    }

    /** It has been stopped and written. */
    void dumped() {
        dumped.countDown();
        ended.countDown();
    }

    /** @param deadline by {@link System#nanoTime()} */
    void awaitWritten(long deadline) {
        try {
            if (!written.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.warn("A recording is not written in time; the process does not wait for it");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        Path path = null;
        Throwable failure = null;
        try {
            ended.await(Durations.nanos(duration), TimeUnit.NANOSECONDS);
            path = finish();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        all.over(this);
        written.countDown();
        if (path == null) {
            LOG.errorf("A recording is lost: %s", failure.getMessage());
            result.completeExceptionally(failure);
        } else {
            DumpFile.tell(all.directory(), Kind.RECORDING, path);
            result.complete(path);
        }
    }

    private Path finish() throws IOException, InterruptedException {
        try (file; recording) {
            try {
                if (dumped.getCount() > 0) {
                    recording.stop();
                }
            } catch (IllegalStateException over) {
                // Somebody else stops it at this moment.
                dumped.await(LATE, TimeUnit.SECONDS);
            }
            if (dumped.getCount() > 0) {
                dump();
            }
            return file.publish();
        }
    }

    /** Stopping it has not written it, and says why to the log of the JDK only. */
    private void dump() throws IOException {
        try {
            recording.dump(file.path());
        } catch (IOException failure) {
            throw all.directory().failed(Kind.RECORDING, failure);
        }
    }
}

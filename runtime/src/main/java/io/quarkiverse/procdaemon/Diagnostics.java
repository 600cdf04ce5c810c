package io.quarkiverse.procdaemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Writes what is needed to find out what a process is doing: thread dumps, heap dumps, recordings of the JDK's Flight Recorder.
 * Inject it. The files get a name of their own in {@code quarkus.proc-daemon.dump.directory}, which is created with mode 0700,
 * and are readable by their owner only.
 * <p>
 * The methods may be called from any thread, at any time in the life of the daemon.
 */
public interface Diagnostics {

    /**
     * Writes the state of the daemon (what each subsystem does and waits for, where each run is) and the stacks of all threads,
     * including virtual threads where the JVM lists them. Blocks until the file is written.
     *
     * @return the file
     * @throws IOException if it cannot be written
     */
    Path threadDump() throws IOException;

    /**
     * Writes all live objects in the format {@code hprof}. The process stands still meanwhile. Blocks until the file is
     * written.
     *
     * @return the file
     * @throws IOException if it cannot be written
     * @throws UnsupportedOperationException if this process cannot; the message says why
     */
    Path heapDump() throws IOException;

    /**
     * Records with the Flight Recorder from now on. Returns at once.
     *
     * @param duration the duration of the recording, more than zero
     * @param settings the name of a configuration of the JDK, {@code default} or {@code profile}
     * @return completes with the file when the recording is over; a shutdown ends it early
     * @throws IllegalArgumentException if the duration or the settings are wrong; the message lists the known settings
     * @throws UnsupportedOperationException if this process cannot; the message says why
     */
    CompletionStage<Path> record(Duration duration, String settings);
}

package io.quarkiverse.procdaemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Writes what is needed to find out what a process is doing: thread dumps, heap dumps, recordings of the JDK's Flight Recorder.
 * Inject it. Each file gets a name of its own in {@code quarkus.proc-daemon.dump.directory} and is readable by its owner only.
 * It appears when it is complete. The log names heap dumps and recordings. Of each kind the newest are kept: 50 thread dumps,
 * 5 heap dumps, 20 recordings.
 * <p>
 * The methods may be called from any thread, at any time in the life of the daemon. One dump is written at a time; callers that
 * wait for a thread dump which has not begun get the same file.
 */
public interface Diagnostics {

    /**
     * Writes the state of the daemon (what each subsystem does and waits for, where each run is) and the stacks of all threads,
     * including virtual threads where the JVM lists them. Needs neither the event loop nor a lock of the application. Blocks
     * until the file is written.
     *
     * @return the file
     * @throws IOException if it cannot be written; the message says where, why, and what to do
     */
    Path threadDump() throws IOException;

    /**
     * Writes all live objects in the format {@code hprof}, with their contents: passwords included. The process stands still
     * meanwhile. Blocks until the file is written.
     *
     * @return the file
     * @throws IOException if it cannot be written; the message says where, why, and what to do
     * @throws UnsupportedOperationException if this process cannot; the message says why
     */
    Path heapDump() throws IOException;

    /**
     * Records with the Flight Recorder from now on. Returns when the recording has begun, the first time after a second or so.
     * Several recordings may be under way, up to 8.
     *
     * @param duration the duration of the recording, more than zero and at most a day
     * @param settings the name of a configuration of the JDK, {@code default} or {@code profile}
     * @return completes with the file when the recording is over; fails with an {@link IOException} if it cannot be written.
     *         The
     *         end of the process ends the recording and keeps the file, unless the process is killed
     * @throws IllegalArgumentException if the duration or the settings are wrong; the message lists the known settings
     * @throws IllegalStateException if too many recordings are under way, or the process is ending
     * @throws IOException if the recording cannot be written to the directory
     * @throws UnsupportedOperationException if this process cannot; the message says why
     */
    CompletionStage<Path> record(Duration duration, String settings) throws IOException;
}

package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/** The recordings that are under way. */
final class Recordings implements Recorder, FlightRecorderListener {

    private static final int MOST = 8;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final DumpDirectory directory;
    private final List<RunningRecording> running = new ArrayList<>();
    private final Thread hook = new Thread(this::close, "proc-daemon-recordings-end");
    private boolean closed;

    Recordings(DumpDirectory directory) {
        this.directory = directory;
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            closed = true;
        }
    }

    @Override
    public CompletionStage<Path> record(Duration duration, String settings) throws IOException {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("The duration of a recording has to be more than zero and at most a day, not "
                    + Durations.text(duration));
        }
        if (!isAvailable()) {
            throw new UnsupportedOperationException(HeapDump.isNative()
                    ? "This native executable cannot record; build it with quarkus.native.monitoring=jfr"
                    : "This JVM cannot record: its Flight Recorder is not available");
        }
        Configuration configuration = configuration(settings);
        return begin(configuration, duration).result();
    }

    private static boolean isAvailable() {
        try {
            return FlightRecorder.isAvailable();
        } catch (RuntimeException without) {
            return false;
        }
    }

    private static Configuration configuration(String settings) throws IOException {
        List<String> known = new ArrayList<>();
        for (Configuration each : Configuration.getConfigurations()) {
            if (each.getName().equals(settings)) {
                try {
                    return Configuration.getConfiguration(settings);
                } catch (ParseException malformed) {
                    throw new IllegalArgumentException("The settings '" + settings + "' of the JDK cannot be read", malformed);
                }
            }
            known.add(each.getName());
        }
        known.sort(null);
        throw new IllegalArgumentException("There are no settings '" + settings + "' for recordings; known settings: "
                + String.join(", ", known));
    }

    private synchronized RunningRecording begin(Configuration configuration, Duration duration) throws IOException {
        if (closed) {
            throw new IllegalStateException("No recording can begin: the daemon is ending");
        }
        if (running.size() >= MOST) {
            throw new IllegalStateException("No recording can begin: " + MOST + " are under way; wait for the end of one");
        }
        if (running.isEmpty()) {
            FlightRecorder.addListener(this);
        }
        DumpFile file = directory.begin(Kind.RECORDING);
        try {
            RunningRecording recording = new RunningRecording(this, new Recording(configuration), file, duration);
            recording.start();
            running.add(recording);
            return recording;
        } catch (IOException | RuntimeException | Error failure) {
            file.close();
            throw failure;
        }
    }

    DumpDirectory directory() {
        return directory;
    }

    /** It is over, whatever has become of it. */
    synchronized void over(RunningRecording recording) {
        running.remove(recording);
        if (running.isEmpty()) {
            FlightRecorder.removeListener(this);
        }
    }

    private synchronized List<RunningRecording> running() {
        return List.copyOf(running);
    }

    /** It is STOPPED when what has stopped it has written it: this class, the end of the JVM, anybody with jcmd. */
    @Override
    public void recordingStateChanged(Recording changed) {
        if (changed.getState() == RecordingState.STOPPED) {
            for (RunningRecording each : running()) {
                if (each.is(changed)) {
                    each.dumped();
                }
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        List<RunningRecording> all = running();
        if (!isJvmEnding()) {
            for (RunningRecording each : all) {
                each.end();
            }
        }
        long deadline = System.nanoTime() + PATIENCE;
        for (RunningRecording each : all) {
            each.awaitWritten(deadline);
        }
    }

    /** Then the JDK's own hook writes the recordings, and deletes the data at once. */
    private boolean isJvmEnding() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}

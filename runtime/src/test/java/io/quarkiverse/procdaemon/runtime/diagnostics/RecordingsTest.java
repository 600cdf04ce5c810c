package io.quarkiverse.procdaemon.runtime.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** Recordings of this JVM. */
@Isolated
@Timeout(120)
class RecordingsTest {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path directory;

    private Recordings recordings;

    private Recordings recordings() {
        recordings = new Recordings(new DumpDirectory(new Place(directory, false), new Ownership(), "pumps"));
        return recordings;
    }

    @AfterEach
    void end() {
        if (recordings != null) {
            recordings.close();
        }
        assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
    }

    private static CompletableFuture<Path> begin(Recordings recordings, Duration duration) throws IOException {
        return recordings.record(duration, "default").toCompletableFuture();
    }

    private static Path get(CompletableFuture<Path> recording) throws Exception {
        return recording.get(60, TimeUnit.SECONDS);
    }

    @Test
    void severalAtOnceEndEachAtItsTime() throws Exception {
        Recordings recordings = recordings();
        CompletableFuture<Path> endless = begin(recordings, LONG);
        CompletableFuture<Path> one = begin(recordings, Duration.ofMillis(100));
        CompletableFuture<Path> other = begin(recordings, Duration.ofMillis(100));
        assertThat(get(one)).isNotEqualTo(get(other));
        assertThat(endless).isNotDone();
    }

    @Test
    void theEndKeepsWhatWasRecorded() throws Exception {
        Recordings recordings = recordings();
        CompletableFuture<Path> endless = begin(recordings, LONG);
        recordings.close();
        Path written = get(endless);
        assertThat(RecordingFile.readAllEvents(written)).isNotEmpty();
        try (var all = Files.list(directory)) {
            assertThat(all).containsExactly(written);
        }
        assertThatThrownBy(() -> begin(recordings, LONG)).isInstanceOf(IllegalStateException.class)
                .hasMessage("No recording can begin: the daemon is ending");
    }

    /** As jcmd does, and the JVM at its end. */
    @Test
    void othersMayEndIt() throws Exception {
        CompletableFuture<Path> endless = begin(recordings(), LONG);
        for (Recording each : FlightRecorder.getFlightRecorder().getRecordings()) {
            each.stop();
        }
        assertThat(RecordingFile.readAllEvents(get(endless))).isNotEmpty();
    }

    @Test
    void theirNumberIsLimited() throws Exception {
        Recordings recordings = recordings();
        List<CompletableFuture<Path>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(begin(recordings, LONG));
        }
        assertThatThrownBy(() -> begin(recordings, LONG)).isInstanceOf(IllegalStateException.class)
                .hasMessage("No recording can begin: 8 are under way; wait for the end of one");
        recordings.close();
        for (CompletableFuture<Path> each : all) {
            assertThat(get(each)).exists();
        }
    }

    @Test
    void aDirectoryThatVanishesIsSaid() throws Exception {
        CompletableFuture<Path> endless = begin(recordings(), LONG);
        try (var partial = Files.list(directory)) {
            DumpFile.delete(partial.toList().get(0));
        }
        recordings.close();
        assertThatThrownBy(() -> get(endless)).isInstanceOf(ExecutionException.class).cause().isInstanceOf(IOException.class)
                .hasMessageStartingWith("The recording cannot be written to " + directory + ": ");
    }
}

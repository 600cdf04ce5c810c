package io.quarkiverse.procdaemon.runtime.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.EngineOptions;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** An engine with a crash, a restart and a shutdown: what is recorded is what any other listener hears. */
@Timeout(60)
class JfrStoryTest {

    private static final String SECRET = "s3cret";

    @TempDir
    Path directory;

    private final Queue<String> journal = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean crashed = new AtomicBoolean();
    private final CountDownLatch again = new CountDownLatch(1);

    private Engine engine() {
        Behavior crashing = Behavior.running(context -> {
            if (crashed.compareAndSet(false, true)) {
                throw new IOException("no login with " + SECRET);
            }
            again.countDown();
            context.await();
            return null;
        });
        SubsystemListener listener = event -> journal
                .add(event.sequence() + " " + event.getType() + " " + event.subsystem() + "#" + event.generation());
        UnaryOperator<String> mask = text -> text.replace(SECRET, "***");
        return new Engine(new EngineOptions("pumps", ShutdownTimeouts.DEFAULT,
                new Platform(Clock.SYSTEM, new SystemThreads(), LoneTimer::new).masking(mask), () -> 0,
                (name, restart, critical) -> () -> SubsystemSettings.DEFAULT, List.of(new JfrListener(), listener),
                ProcessControl.NONE, Optional.empty()),
                List.of(spec("store", Behavior.NONE), spec("pump", crashing, "store")));
    }

    private static SubsystemSpec spec(String name, Behavior behavior, String... dependsOn) {
        return new SubsystemSpec(name, List.of(dependsOn), behavior,
                SubsystemSettings.declared(RestartPolicy.ON_FAILURE, false)
                        .withRestart(restart -> new SubsystemSettings.RestartSettings(RestartPolicy.ON_FAILURE,
                                Duration.ofMillis(1), Duration.ofMillis(1), 1, 0, 10, Duration.ofMinutes(1),
                                Duration.ofSeconds(30), false)));
    }

    private static String text(RecordedEvent event) {
        return event.getLong("sequence") + " " + event.getString("event") + " " + event.getString("subsystem") + "#"
                + event.getLong("generation");
    }

    @Test
    void noneIsMissing() throws Exception {
        Path file = directory.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            Engine engine = engine();
            engine.start();
            assertThat(again.await(30, TimeUnit.SECONDS)).isTrue();
            engine.stop(new ShutdownReason.Requested("the test"));
            engine.loop().close();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.quarkiverse.procdaemon.")).toList();
        assertThat(events.stream().filter(event -> event.hasField("sequence"))
                .sorted(Comparator.comparingLong(event -> event.getLong("sequence"))).map(JfrStoryTest::text))
                .isEqualTo(List.copyOf(journal)).anyMatch(event -> event.endsWith(" Failed pump#1"));
        assertThat(events.stream().filter(event -> event.hasField("message")).map(event -> event.getString("message")))
                .containsExactly("no login with ***");
        assertThat(events.toString()).doesNotContain(SECRET);
        assertThat(events.stream().filter(event -> event.hasField("exitCode")).map(event -> event.getString("phase")))
                .containsExactly("BEGAN", "ENDED");
    }
}

package io.quarkiverse.procdaemon.runtime.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import jdk.jfr.Category;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What is heard is recorded, with all that a reader needs. */
@Timeout(60)
class JfrListenerTest {

    private static final String OURS = "io.quarkiverse.procdaemon.";
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Duration TOOK = Duration.ofMillis(7);
    private static final Failure FAILURE = new Failure("java.io.IOException", "full\nof " + "x".repeat(900),
            "java.io.IOException: full\n\tat org.acme.Pump.run(Pump.java:7)\n\tat org.acme.Main.main(Main.java:1)",
            SubsystemEvent.Phase.RUN, 3, AT);

    @TempDir
    Path directory;

    private final JfrListener listener = new JfrListener();
    private long sequence;

    @BeforeEach
    void begin() {
        sequence = 0;
    }

    private interface Story {
        void happens();
    }

    private List<RecordedEvent> recorded(Story story) throws Exception {
        Path file = directory.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            assertThat(listener.isListening()).isTrue();
            story.happens();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream().filter(event -> event.getEventType().getName().startsWith(OURS))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime)).toList();
    }

    private static String type(RecordedEvent event) {
        return event.getEventType().getName().substring(OURS.length());
    }

    @Test
    void everyEventOfASubsystem() throws Exception {
        List<SubsystemEvent> all = List.of(
                new SubsystemEvent.Waiting(++sequence, "a", 1, AT, List.of("b", "c")),
                new SubsystemEvent.Starting(++sequence, "a", 1, AT),
                new SubsystemEvent.Started(++sequence, "a", 1, AT, TOOK),
                new SubsystemEvent.HealthChanged(++sequence, "a", 1, AT, false, "no\tluck"),
                new SubsystemEvent.OutageBegan(++sequence, "a", 1, AT, "no disk"),
                new SubsystemEvent.Failed(++sequence, "a", 3, AT, FAILURE, true),
                new SubsystemEvent.Restarting(++sequence, "a", 3, AT, Duration.ofSeconds(2), 4),
                new SubsystemEvent.OutageEnded(++sequence, "a", 3, AT, TOOK, true),
                new SubsystemEvent.GaveUp(++sequence, "a", 3, AT, FAILURE, "5 restarts in 1m"),
                new SubsystemEvent.Stopping(++sequence, "a", 3, AT, new ShutdownReason.Signal(15, "TERM")),
                new SubsystemEvent.StopTimedOut(++sequence, "a", 3, AT, TOOK, true),
                new SubsystemEvent.Stopped(++sequence, "a", 3, AT, Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(SubsystemEvent.class.getPermittedSubclasses()).as("a new one belongs here").hasSize(all.size());
        List<RecordedEvent> events = recorded(() -> all.forEach(listener::onEvent));
        assertThat(events).extracting(event -> event.getLong("sequence")).isSorted().hasSize(all.size());
        for (int i = 0; i < all.size(); i++) {
            RecordedEvent event = events.get(i);
            assertThat(event.getString("event")).isEqualTo(all.get(i).getType());
            assertThat(event.getString("subsystem")).isEqualTo("a");
            assertThat(event.getLong("generation")).isEqualTo(all.get(i).generation());
            assertThat(event.getInstant("at")).isEqualTo(AT);
            assertThat(event.getStackTrace()).isNull();
        }
        assertThat(events).extracting(JfrListenerTest::type).containsExactly("SubsystemTransition", "SubsystemTransition",
                "SubsystemTransition", "SubsystemHealth", "SubsystemOutage", "SubsystemFailure", "SubsystemRestart",
                "SubsystemOutage", "SubsystemFailure", "SubsystemTransition", "SubsystemTransition", "SubsystemTransition");
        assertThat(events.get(0).getString("reason")).isEqualTo("waits for b, c");
        assertThat(events.get(0).getLong("took")).isEqualTo(Long.MIN_VALUE);
        assertThat(events.get(2).getDuration("took")).isEqualTo(TOOK);
        assertThat(events.get(3).getBoolean("healthy")).isFalse();
        assertThat(events.get(3).getString("reason")).isEqualTo("no\\tluck");
        assertThat(events.get(4).getString("reason")).isEqualTo("no disk");
        assertThat(events.get(5).getString("exception")).isEqualTo("java.io.IOException");
        assertThat(events.get(5).getString("message")).startsWith("full\\nof xx").endsWith("x…").hasSize(500);
        assertThat(events.get(5).getString("frame")).isEqualTo("org.acme.Pump.run(Pump.java:7)");
        assertThat(events.get(5).getString("phase")).isEqualTo("RUN");
        assertThat(events.get(5).getBoolean("outage")).isTrue();
        assertThat(events.get(6).getDuration("delay")).isEqualTo(Duration.ofSeconds(2));
        assertThat(events.get(6).getInt("attempt")).isEqualTo(4);
        assertThat(events.get(7).getBoolean("recovered")).isTrue();
        assertThat(events.get(8).getString("reason")).isEqualTo("5 restarts in 1m");
        assertThat(events.get(9).getString("reason")).isEqualTo("signal TERM");
        assertThat(events.get(10).getString("reason")).isEqualTo("abandoned");
        assertThat(events.get(11).getLong("took")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void reloads() throws Exception {
        List<RecordedEvent> events = recorded(() -> {
            listener.reloaded(new ReloadResult(ReloadResult.Status.APPLIED, 2, Set.of("b", "a"), Set.of("b"), List.of(),
                    List.of("ingest")), AT);
            listener.reloadBegan();
            listener.reloaded(new ReloadResult(ReloadResult.Status.REJECTED, 2, Set.of(), Set.of(),
                    List.of(problem("is negative"), problem("is odd"))), AT);
            listener.reloadBegan();
            listener.reloadCancelled();
        });
        assertThat(events).extracting(event -> event.getString("status")).containsExactly("APPLIED", "REJECTED", "CANCELLED");
        assertThat(events.get(0).getLong("epoch")).isEqualTo(2);
        assertThat(events.get(0).getString("changed")).isEqualTo("a, b");
        assertThat(events.get(0).getInt("changedKeys")).isEqualTo(2);
        assertThat(events.get(0).getString("requiresRestart")).isEqualTo("b");
        assertThat(events.get(0).getString("restarted")).isEqualTo("ingest");
        assertThat(events.get(0).getDuration()).as("its begin was not heard").isZero();
        assertThat(events.get(1).getString("problems")).isEqualTo(problem("is negative") + "; " + problem("is odd"));
        assertThat(events.get(1).getDuration()).isPositive();
        assertThat(events.get(2).getDuration()).isPositive();
    }

    private static ConfigProblem problem(String reason) {
        return new ConfigProblem(Optional.of("pump.rate"), Optional.empty(), OptionalInt.empty(), reason);
    }

    @Test
    void theShutdown() throws Exception {
        ShutdownReason.Signal term = new ShutdownReason.Signal(15, "TERM");
        List<RecordedEvent> events = recorded(() -> {
            listener.shutdownBegan("pumps", term, OptionalInt.of(143), true);
            listener.shutdownDelayed("pumps", TOOK, List.of("'a' does not stop", "'b' waits for 'a'"));
            listener.shutdownHurried("pumps", term, TOOK);
            listener.shutdownEnded(new ShutdownReport("pumps", 1, ShutdownReport.Outcome.UNCLEAN, Optional.of(term),
                    OptionalInt.empty(), AT, TOOK,
                    List.of(entry("a", ShutdownReport.Ending.FORCED, "it was late"),
                            entry("b", ShutdownReport.Ending.STOPPED, ""), entry("c", ShutdownReport.Ending.NONE, "")),
                    List.of(), List.of()));
        });
        assertThat(events).extracting(JfrListenerTest::type).containsOnly("ShutdownPhase");
        assertThat(events).extracting(event -> event.getString("phase") + " " + event.getString("reason") + ", "
                + event.getInt("exitCode") + ", " + event.getDuration("after").toMillis() + ", " + event.getString("outcome")
                + ", " + event.getString("details")).containsExactly("BEGAN signal TERM, 143, 0, , ",
                        "DELAYED , -1, 7, , 'a' does not stop; 'b' waits for 'a'", "HURRIED signal TERM, -1, 7, , ",
                        "ENDED signal TERM, -1, 7, UNCLEAN, a FORCED: it was late");
        assertThat(events.get(0).getBoolean("duringStart")).isTrue();
    }

    private static ShutdownReport.Entry entry(String name, ShutdownReport.Ending ended, String why) {
        return new ShutdownReport.Entry(name, SubsystemState.RUNNING, ended, TOOK, why);
    }

    @Test
    void drainsAndLimits() throws Exception {
        List<RecordedEvent> events = recorded(() -> {
            listener.drainBegan("pumps", List.of("a 2", "b 1"));
            listener.drained("pumps", TOOK);
            listener.resumed("pumps");
            listener.limitExceeded(new ResourceLimitExceeded("heap", 90, 80, AT), true);
            listener.limitCleared(new ResourceLimitCleared("heap", 60, 80, AT));
        });
        assertThat(events).extracting(JfrListenerTest::type).containsExactly("Drain", "Drain", "Drain", "ResourceLimit",
                "ResourceLimit");
        assertThat(events.subList(0, 3)).extracting(event -> event.getString("phase")).containsExactly("BEGAN", "DRAINED",
                "RESUMED");
        assertThat(events.get(0).getString("inFlight")).isEqualTo("a 2, b 1");
        assertThat(events.get(1).getDuration("took")).isEqualTo(TOOK);
        assertThat(events.get(3).getBoolean("exceeded")).isTrue();
        assertThat(events.get(3).getBoolean("shutsDown")).isTrue();
        assertThat(events.get(3).getLong("used")).isEqualTo(90);
        assertThat(events.get(4).getBoolean("exceeded")).isFalse();
        assertThat(events.get(4).getLong("limit")).isEqualTo(80);
    }

    @Test
    void everyTypeSaysWhatItIs() throws Exception {
        recorded(() -> listener.resumed("pumps"));
        List<EventType> types = FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .filter(type -> type.getName().startsWith(OURS)).toList();
        assertThat(types).hasSize(9).allSatisfy(type -> {
            assertThat(type.getLabel()).isNotEmpty();
            assertThat(type.getDescription()).isNotEmpty();
            assertThat(type.getAnnotation(Category.class).value()).startsWith("proc-daemon");
        });
    }

    /** In a JVM of its own, where nothing has used the Flight Recorder. */
    public static void main(String[] arguments) {
        JfrListener listener = new JfrListener();
        System.out.println("listening: " + listener.isListening());
        listener.shutdownEnded(new ShutdownReport("pumps", 1, ShutdownReport.Outcome.CLEAN, Optional.empty(),
                OptionalInt.empty(), AT, TOOK, List.of(), List.of(), List.of()));
    }

    private String inAJvm(String... options) throws Exception {
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                JfrListenerTest.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    @Test
    void itSleepsUntilThereIsARecording() throws Exception {
        Path classes = directory.resolve("classes.txt");
        assertThat(inAJvm("-Xlog:class+load:file=" + classes)).isEqualTo("listening: false\n");
        assertThat(classes).content().contains("runtime.jfr.JfrListener ").doesNotContain("runtime.jfr.JfrEvents",
                "runtime.jfr.DaemonEvent", "runtime.jfr.ShutdownPhase", "jdk.jfr.internal.PlatformRecorder");
    }

    @Test
    void aRuntimeWithoutTheModule() throws Exception {
        assertThat(inAJvm("--limit-modules", "java.base,java.logging")).isEqualTo("listening: false\n");
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jboss.logmanager.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.log.LogFields;

/** Lines that concern a subsystem have fields that say which one and which run. */
@Timeout(60)
class LogFieldsTest {

    private static final Map<String, String> FIRST_RUN = Map.of("subsystem", "a", "generation", "1");
    private static final Pattern PROBLEM = Pattern.compile("(WARN|ERROR) a[#: ].*\\{code=(PD-\\d{4}), .*subsystem=a}");
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final TestDaemon daemon = new TestDaemon();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void release() {
        go.countDown();
        MDC.clear();
    }

    /** Notes which fields a line would have that is logged here and now. */
    private void note(String place) {
        seen.add(place + " " + new TreeMap<>(MDC.copy()));
    }

    private String next() throws InterruptedException {
        return seen.poll(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(value = ThreadKind.class, names = { "AUTO", "PLATFORM" })
    void allThatARunDoesHasThem(ThreadKind kind) throws Exception {
        daemon.add("a").onStart(context -> note("start")).run(context -> {
            context.onShutdown(() -> note("action"));
            context.fork("task", () -> {
                note("task");
                context.await();
            });
            note("body");
            context.await();
            go.await();
        }).onStop(context -> note("stop")).settings(settings -> settings.withThread(kind));
        daemon.started();
        assertThat(List.of(next(), next(), next())).containsExactlyInAnyOrder("start {generation=1, subsystem=a}",
                "task {generation=1, subsystem=a}", "body {generation=1, subsystem=a}");
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(daemon::stop);
        assertThat(next()).isEqualTo("action {generation=1, subsystem=a}");
        go.countDown();
        assertThat(next()).isEqualTo("stop {generation=1, subsystem=a}");
        TestDaemon.get(stopped);
    }

    @Test
    void eachCallHasThemAlthoughTheLastOneRemovedAll() throws Exception {
        daemon.add("a").critical(false).every(() -> Duration.ofNanos(1)).run(context -> {
            note("call");
            MDC.clear();
        });
        daemon.started();
        assertThat(next()).isEqualTo("call {generation=1, subsystem=a}");
        assertThat(next()).isEqualTo("call {generation=1, subsystem=a}");
        daemon.stop();
    }

    @Test
    void aThreadThatABodyMakesHasNone() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            daemon.add("a").run(context -> {
                pool.submit(() -> note("pool")).get();
                note("body");
                context.await();
            });
            daemon.started();
            assertThat(next()).isEqualTo("pool {generation=, subsystem=}");
            assertThat(next()).isEqualTo("body {generation=1, subsystem=a}");
        } finally {
            pool.shutdownNow();
            daemon.stop();
        }
    }

    @Test
    void whatIsCopiedOnPurposeIsKept() throws Exception {
        CompletableFuture<Map<String, String>> copy = new CompletableFuture<>();
        daemon.add("a").run(context -> {
            copy.complete(MDC.copy());
            context.await();
        });
        daemon.started();
        assertThat(TestDaemon.get(copy)).isEqualTo(FIRST_RUN);
        daemon.stop();
    }

    @Test
    void whatWasThereBeforeIsThereAgain() {
        MDC.put("subsystem", "of the application");
        MDC.put("other", "x");
        try (LogFields outer = LogFields.ofRun("a", 1)) {
            try (LogFields inner = LogFields.ofLine("b", 2, null, null)) {
                assertThat(MDC.copy()).isEqualTo(Map.of("subsystem", "b", "generation", "2", "other", "x"));
            }
            assertThat(MDC.copy()).isEqualTo(Map.of("subsystem", "a", "generation", "1", "other", "x"));
        }
        assertThat(MDC.copy()).isEqualTo(Map.of("subsystem", "of the application", "other", "x"));
    }

    @Test
    void aLineAboutNoRunHasNoGeneration() {
        try (LogFields outer = LogFields.ofRun("a", 1)) {
            try (LogFields inner = LogFields.ofLine("b", 0, null, null)) {
                assertThat(MDC.copy()).isEqualTo(Map.of("subsystem", "b"));
            }
        }
    }

    @Test
    void aProbeHasThem() throws Exception {
        daemon.add("a").run(ShutdownHandle::await).healthy(() -> {
            note("probe");
            return CompletableFuture.completedFuture(true);
        }).settings(settings -> settings.withHealth(health -> new HealthSettings(
                INTERVAL, Duration.ofSeconds(2), 1, false)));
        daemon.started();
        daemon.time.advance(INTERVAL);
        assertThat(next()).isEqualTo("probe {generation=1, subsystem=a}");
        daemon.stop();
    }

    @Test
    void linesOfTheDaemonHaveTheStateAfterTheChange() throws Exception {
        daemon.listeners.add(new EventLog());
        daemon.add("a").onStart(context -> {
        }).run(context -> {
            if (context.generation() == 1) {
                go.await();
                throw new IllegalStateException("broken");
            }
            context.await();
        }).restart(restart -> restart);
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.started();
            go.countDown();
            daemon.time.awaitNextIn(Duration.ofMillis(100));
            daemon.time.advance(Duration.ofMillis(100));
            daemon.events.await("Started a", 2);
            daemon.stop();
            assertThat(log.withFields()).filteredOn(line -> line.matches("[A-Z]+ a[# ].*")).containsExactly(
                    "DEBUG a REGISTERED -> WAITING {state=WAITING, subsystem=a}",
                    "DEBUG a#1 WAITING -> STARTING {generation=1, state=STARTING, subsystem=a}",
                    "INFO a#1 STARTING -> RUNNING (took 0s) {generation=1, state=RUNNING, subsystem=a}",
                    "WARN a#1 RUNNING -> STOPPING: it failed {code=PD-4003, generation=1, state=STOPPING, subsystem=a}",
                    "INFO a#1 STOPPING -> RESTARTING, again in 100ms (attempt 1)"
                            + " {generation=1, state=RESTARTING, subsystem=a}",
                    "DEBUG a#1 RESTARTING -> WAITING {generation=1, state=WAITING, subsystem=a}",
                    "DEBUG a#2 WAITING -> STARTING {generation=2, state=STARTING, subsystem=a}",
                    "INFO a#2 STARTING -> RUNNING (took 0s) {generation=2, state=RUNNING, subsystem=a}",
                    "DEBUG a#2 RUNNING -> STOPPING: requested by the test"
                            + " {generation=2, state=STOPPING, subsystem=a}",
                    "DEBUG a#2 STOPPING -> STOPPED (took 0s) {generation=2, state=STOPPED, subsystem=a}");
            assertThat(log.withFields()).filteredOn(line -> line.contains("is shutting down")).singleElement().asString()
                    .endsWith(" {}");
        }
    }

    private static List<String> codes(LogCapture log) {
        return log.withFields().stream().filter(line -> line.matches("(WARN|ERROR) a[#: ].*")).map(line -> {
            Matcher matcher = PROBLEM.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            return matcher.group(2);
        }).toList();
    }

    @Test
    void aStartThatFailsForGoodHasItsCode() {
        daemon.listeners.add(new EventLog());
        daemon.add("a").onStart(context -> {
            throw new IOException("port taken");
        }).critical(false);
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.started();
            daemon.events.await("GaveUp a");
            daemon.stop();
            assertThat(codes(log)).containsExactly("PD-4002", "PD-4002");
        }
    }

    @Test
    void whatTheDaemonFoundOutItselfHasThatCode() throws Exception {
        daemon.listeners.add(new EventLog());
        daemon.add("a").onStart(context -> context.await()).critical(false)
                .settings(settings -> settings.withStartTimeout(Duration.ofSeconds(2)));
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.started();
            daemon.time.awaitNextIn(Duration.ofSeconds(2));
            daemon.time.advance(Duration.ofSeconds(2));
            daemon.events.await("GaveUp a");
            daemon.stop();
            assertThat(codes(log)).containsExactly("PD-7001", "PD-7001");
        }
    }

    @Test
    void anOutageHasTheCodeOfTheFailure() {
        daemon.listeners.add(new EventLog());
        daemon.add("a").run(context -> {
            throw new UnavailableException("no sink");
        }).critical(false).restart(restart -> restart);
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.started();
            daemon.events.await("Restarting a");
            daemon.stop();
            assertThat(codes(log)).startsWith("PD-4003");
        }
    }

    @Test
    void anUnhealthySubsystemHasItsCode() {
        daemon.listeners.add(new EventLog());
        daemon.add("a").run(ShutdownHandle::await).healthy(() -> CompletableFuture.completedFuture(false))
                .settings(settings -> settings.withHealth(health -> new HealthSettings(INTERVAL, Duration.ofSeconds(2), 1,
                        false)));
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.started();
            daemon.time.advance(INTERVAL);
            daemon.events.await("HealthChanged a");
            daemon.stop();
            assertThat(codes(log)).containsExactly("PD-4007");
        }
    }

    @ParameterizedTest
    @CsvSource({ "must be a number, PD-1002", "PD-4009: subsystem 'a' vetoed it, PD-4009" })
    void aRejectedReloadHasTheCodeOfItsReason(String reason, String code) {
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            new EventLog().reloaded(new ReloadResult(ReloadResult.Status.REJECTED, 1, Set.of(), Set.of(),
                    List.of(new ConfigProblem(Optional.empty(), Optional.empty(), OptionalInt.empty(), reason))),
                    Instant.EPOCH);
            assertThat(log.withFields()).singleElement().asString().startsWith("ERROR ").endsWith(" {code=" + code + "}");
        }
    }

    @Test
    void oneThatWasAppliedHasNone() {
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            new EventLog().reloaded(new ReloadResult(ReloadResult.Status.UNCHANGED, 1, Set.of(), Set.of(), List.of()),
                    Instant.EPOCH);
            assertThat(log.withFields()).containsExactly("INFO Configuration unchanged (epoch 1) {}");
        }
    }
}

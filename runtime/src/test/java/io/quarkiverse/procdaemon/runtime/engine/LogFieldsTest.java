package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jboss.logmanager.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.log.LogFields;

/** Lines that concern a subsystem have fields that say which one and which run. */
@Timeout(60)
class LogFieldsTest {

    private static final Map<String, String> FIRST_RUN = Map.of("subsystem", "a", "generation", "1");
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
            try (LogFields inner = LogFields.ofLine("b", 2, null)) {
                assertThat(MDC.copy()).isEqualTo(Map.of("subsystem", "b", "generation", "2", "other", "x"));
            }
            assertThat(MDC.copy()).isEqualTo(Map.of("subsystem", "a", "generation", "1", "other", "x"));
        }
        assertThat(MDC.copy()).isEqualTo(Map.of("subsystem", "of the application", "other", "x"));
    }

    @Test
    void aLineAboutNoRunHasNoGeneration() {
        try (LogFields outer = LogFields.ofRun("a", 1)) {
            try (LogFields inner = LogFields.ofLine("b", 0, null)) {
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
                    "WARN a#1 RUNNING -> STOPPING: it failed {generation=1, state=STOPPING, subsystem=a}",
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
}

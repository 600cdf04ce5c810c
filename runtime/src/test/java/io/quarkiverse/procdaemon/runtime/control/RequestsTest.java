package io.quarkiverse.procdaemon.runtime.control;

import static io.quarkiverse.procdaemon.runtime.control.ControlFixture.body;
import static io.quarkiverse.procdaemon.runtime.control.ControlFixture.idle;
import static io.quarkiverse.procdaemon.runtime.control.ControlFixture.subsystem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.Work;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.json.JacksonJson;
import io.quarkiverse.procdaemon.runtime.json.PlainJson;

/** What the requests do. */
@Timeout(60)
class RequestsTest {

    private static final String STREAM = "GET /v1/events%s HTTP/1.1\r\nHost: d\r\n\r\n";

    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicReference<Work> work = new AtomicReference<>();
    private ControlFixture control;

    @AfterEach
    void close() throws IOException {
        held.countDown();
        if (control != null) {
            control.close();
        }
    }

    private void open(SubsystemSpec... specs) throws IOException {
        control = new ControlFixture(specs);
    }

    private static Behavior starting(Behavior.PhaseCode code) {
        return new Behavior(code, null, null, null);
    }

    @Test
    void subsystemsAsATableInStartOrder() throws IOException {
        open(idle("ingest", "journal"), idle("journal"), new SubsystemSpec("broken", List.of(), starting(context -> {
            throw new IOException("the disk is full\nreally");
        }), SubsystemSettings.declared(RestartPolicy.NEVER, false)));

        String before = body(control.request("GET", "/v1/subsystems"));
        assertThat(before.lines().findFirst())
                .contains("SUBSYSTEM  STATE       SINCE  RESTARTS  IN FLIGHT  WAITS FOR  FAILURE");
        assertThat(before.lines().skip(1).map(line -> line.split(" ")[0])).containsSubsequence("journal", "ingest");
        assertThat(before).containsPattern("journal    REGISTERED  \\d+s +0 +0  -          -\n");

        control.engine.start();
        ControlFixture.await("broken is FAILED",
                () -> control.engine.subsystem("broken").orElseThrow().state() == SubsystemState.FAILED);
        assertThat(body(control.request("GET", "/v1/subsystems")))
                .containsPattern("broken +FAILED +\\d+s +0 +0 +- +.*the disk is full\\\\nreally");
        assertThat(body(control.request("GET", "/v1/subsystems/broken"))).contains("state", "FAILED", "last failure",
                "(0 restarts, 1 failure, 0 restarts left)",
                "java.io.IOException: the disk is full\\nreally", "\n    at ");
        assertThat(body(control.json("GET", "/v1/subsystems/broken"))).startsWith("{\"name\":\"broken\",\"state\":\"FAILED\"")
                .contains("\"lastFailure\":{\"type\":\"java.io.IOException\",\"message\":\"the disk is full\\nreally\"");
    }

    @Test
    void whileItStartsTheStatesAreVisible() throws Exception {
        open(subsystem("slow", starting(context -> {
            held.await();
            return null;
        })), idle("next", "slow"));
        Thread start = new Thread(control.engine::start);
        start.start();
        ControlFixture.await("next is WAITING",
                () -> control.engine.subsystem("next").orElseThrow().state() == SubsystemState.WAITING);

        assertThat(body(control.request("GET", "/v1/subsystems"))).containsPattern("slow +STARTING")
                .containsPattern("next +WAITING +\\d+s +0 +0 +slow +-");
        assertThat(body(control.json("GET", "/v1/daemon"))).contains("\"state\":\"STARTING\"",
                "\"subsystems\":{\"WAITING\":1,\"STARTING\":1}", "\"waitsFor\":[\"slow\"]");
        assertThat(body(control.request("GET", "/v1/daemon"))).containsPattern("waits for +slow\n");
        held.countDown();
        start.join();
        assertThat(body(control.request("GET", "/v1/daemon"))).containsPattern("state +RUNNING\n")
                .containsPattern("subsystems +2 RUNNING\n").containsPattern("waits for +-\n?$");
    }

    @Test
    void commandsAnswerWhenTheyAreDone() throws IOException {
        open(idle("a"), idle("b", "a"));
        control.engine.start();

        assertThat(control.json("POST", "/v1/subsystems/a/stop")).startsWith("HTTP/1.1 200 OK").contains("\"STOPPED\"");
        assertThat(body(control.json("GET", "/v1/subsystems/b"))).contains("\"WAITING\"", "\"waitingFor\":[\"a\"]");
        assertThat(control.json("POST", "/v1/subsystems/b/start")).startsWith("HTTP/1.1 409 Conflict")
                .contains("\"code\":\"PD-4005\"", "\"retryable\":true");
        assertThat(control.json("POST", "/v1/subsystems/a/start")).startsWith("HTTP/1.1 200 OK").contains("\"RUNNING\"",
                "\"generation\":2");
        assertThat(control.json("POST", "/v1/subsystems/a/restart")).contains("\"generation\":3");
        assertThat(control.json("POST", "/v1/subsystems/a/restart?wait=maybe")).startsWith("HTTP/1.1 400 Bad Request")
                .contains("The parameter wait must be true or false");
    }

    @Test
    void aCommandThatNobodyWaitsForAndOneWhoseClientGoesAway() throws IOException {
        open(subsystem("slow", starting(context -> {
            if (context.generation() > 1) {
                held.await();
            }
            return null;
        })));
        control.engine.start();

        assertThat(control.json("POST", "/v1/subsystems/slow/restart?wait=false")).startsWith("HTTP/1.1 202 Accepted");
        int before = ControlFixture.threads().size();
        try (RawClient client = control.connect()) {
            client.send("POST /v1/subsystems/slow/start HTTP/1.1\r\nHost: d\r\n\r\n");
            ControlFixture.await("it waits", () -> control.engine.subsystem("slow").orElseThrow().generation() == 2);
        }
        ControlFixture.await("nothing waits for it any more", () -> ControlFixture.threads().size() <= before + 1);
        held.countDown();
        ControlFixture.await("it is RUNNING",
                () -> control.engine.subsystem("slow").orElseThrow().state() == SubsystemState.RUNNING);
    }

    @Test
    void aDrainAnswersWhenNothingIsInFlight() throws Exception {
        open(subsystem("worker", Behavior.running(context -> {
            work.set(context.begin());
            context.await();
            return null;
        })));
        control.engine.start();
        ControlFixture.await("there is work", () -> work.get() != null);

        assertThat(control.json("POST", "/v1/drain?wait=50ms")).startsWith("HTTP/1.1 504 Gateway Timeout")
                .contains(
                        "The daemon still has work in flight after 50ms (worker 1); it keeps draining, so ask again, or undo it with "
                                + "POST /v1/resume");
        assertThat(body(control.json("GET", "/v1/daemon"))).contains("\"state\":\"DRAINING\"", "\"draining\":true,",
                "\"inFlight\":1,\"inFlightByOwner\":{\"worker\":1}");
        assertThat(body(control.request("GET", "/v1/daemon"))).contains("state       DRAINING\n", "in flight   1: worker 1\n");
        assertThat(body(control.request("GET", "/v1/subsystems"))).containsPattern("worker +RUNNING, draining +\\d+s +0 +1  -");
        assertThat(body(control.request("GET", "/v1/subsystems/worker"))).contains("RUNNING, draining, since ");
        CompletableFuture<String> drain = CompletableFuture.supplyAsync(() -> {
            try {
                return control.json("POST", "/v1/drain?wait=30s");
            } catch (IOException failed) {
                return failed.toString();
            }
        });
        work.get().close();
        assertThat(drain.get()).startsWith("HTTP/1.1 200 OK").contains("\"inFlight\":0");
        assertThat(body(control.json("POST", "/v1/resume"))).contains("\"state\":\"RUNNING\"");
        assertThat(body(control.request("GET", "/v1/daemon"))).contains("in flight   nothing\n");
        assertThat(body(control.request("GET", "/v1/subsystems"))).containsPattern("worker +RUNNING +\\d+s +0 +0  -");
        for (String wrong : List.of("soon", "-1s", "99999d", "25h", "86401")) {
            assertThat(control.json("POST", "/v1/drain?wait=" + wrong)).startsWith("HTTP/1.1 400 Bad Request")
                    .contains("The parameter wait must be a duration from 0s to 24h, as in 500ms, 30s, 5m or PT1H30M");
        }
        assertThat(body(control.json("GET", "/v1/daemon"))).contains("\"draining\":false,");
    }

    @Test
    void eventsAreReplayedAndFollowed() throws Exception {
        open(idle("a"));
        try (RawClient live = control.connect()) {
            live.send(String.format(STREAM, ""));
            assertThat(live.line()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(live.line()).isEqualTo("Content-Type: application/x-ndjson");
            control.engine.start();
            for (String line = live.line(); !line.isEmpty(); line = live.line()) {
                // The rest of the head.
            }
            assertThat(live.line()).startsWith("{\"type\":\"Waiting\",\"sequence\":1,\"subsystem\":\"a\"");
            assertThat(live.line()).startsWith("{\"type\":\"Starting\",\"sequence\":2,");
            assertThat(live.line()).startsWith("{\"type\":\"Started\",\"sequence\":3,");
            try (RawClient late = control.connect()) {
                late.send(String.format(STREAM, "?from=3"));
                while (!late.line().isEmpty()) {
                    // The head.
                }
                assertThat(late.line()).startsWith("{\"type\":\"Started\",\"sequence\":3,");
                control.engine.stop(new ShutdownReason.Requested("the test"));
                assertThat(late.line()).startsWith("{\"type\":\"Stopping\",\"sequence\":4,");
                assertThat(late.line()).startsWith("{\"type\":\"Stopped\",\"sequence\":5,");
                assertThat(live.line()).startsWith("{\"type\":\"Stopping\",\"sequence\":4,");
                control.service.end();
                assertThat(late.line()).isNull();
                assertThat(live.readAll()).startsWith("{\"type\":\"Stopped\",\"sequence\":5,");
            }
        }
        assertThat(control.socket).doesNotExist();
    }

    @Test
    void onlyTheLastThousandEventsAreKept() throws IOException {
        open(idle("a"));
        for (int i = 1; i <= 1_500; i++) {
            control.service.onEvent(
                    new SubsystemEvent.Starting(i, "a", 1, Instant.EPOCH));
        }
        try (RawClient client = control.connect()) {
            client.send(String.format(STREAM, "?from=1"));
            while (!client.line().isEmpty()) {
                // The head.
            }
            assertThat(client.line()).contains("\"sequence\":501,");
        }
    }

    /** It is cut off after ten seconds in which it takes nothing; meanwhile nobody waits for it. */
    @Test
    void aClientThatDoesNotReadSlowsNobody() throws Exception {
        open(idle("a"));
        try (RawClient hung = control.connect(); RawClient quick = control.connect()) {
            for (RawClient client : List.of(hung, quick)) {
                client.send(String.format(STREAM, "?from=1"));
                assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
            }
            Thread reader = new Thread(() -> {
                try {
                    String line = quick.line();
                    while (line != null && !line.contains("\"sequence\":100000,")) {
                        line = quick.line();
                    }
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            reader.start();
            for (int i = 1; i <= 100_000; i++) {
                control.service.onEvent(
                        new SubsystemEvent.Starting(i, "a", 1, Instant.EPOCH));
            }
            reader.join(20_000);
            assertThat(reader.isAlive()).isFalse();
            assertThat(control.request("GET", "/v1/daemon")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void aReloadIsRemembered() throws IOException {
        open(idle("a"));
        assertThat(body(control.json("GET", "/v1/config")))
                .isEqualTo("{\"epoch\":1,\"pendingRestart\":[],\"lastReloadAt\":null,\"lastReload\":null}\n");
        control.service.reloaded(new ReloadResult(ReloadResult.Status.APPLIED, 2, Set.of("a.b"), Set.of(), List.of()),
                Instant.now());
        assertThat(body(control.json("GET", "/v1/config"))).contains("\"epoch\":2", "\"status\":\"APPLIED\"",
                "\"changed\":[\"a.b\"]");
        assertThat(body(control.request("GET", "/v1/config"))).containsPattern(
                "epoch +2\nlast reload +\\d+s ago: APPLIED, epoch 2\n +changed: a.b\n");
    }

    @Test
    void aPendingRestartIsNamedUntilItIsNoLongerPending() throws IOException {
        open(idle("a"));
        control.service.reloaded(new ReloadResult(ReloadResult.Status.UNCHANGED, 2, Set.of(), Set.of(), List.of(), List.of(),
                Set.of("a.port", "a.host")), Instant.now());
        assertThat(body(control.json("GET", "/v1/config"))).startsWith("{\"epoch\":2,\"pendingRestart\":[\"a.")
                .contains("\"requiresRestart\":[],");
        assertThat(body(control.request("GET", "/v1/config"))).containsPattern(
                "last reload +\\d+s ago: UNCHANGED, epoch 2\n +requires a restart: a.host, a.port\n");
        control.service.reloaded(new ReloadResult(ReloadResult.Status.UNCHANGED, 2, Set.of(), Set.of(), List.of()),
                Instant.now());
        assertThat(body(control.json("GET", "/v1/config"))).startsWith("{\"epoch\":2,\"pendingRestart\":[],");
        assertThat(body(control.request("GET", "/v1/config"))).doesNotContain("restart");
    }

    @Test
    void levelsOfTheLog() throws IOException {
        open(idle("a"));
        Logger logger = Logger.getLogger("control.levels");
        logger.setLevel(Level.WARNING);

        assertThat(set("control.levels", "debug")).startsWith("HTTP/1.1 200 OK").endsWith("control.levels DEBUG\n");
        assertThat(logger.getLevel().getName()).isEqualTo("DEBUG");
        assertThat(set("control.levels", "ERROR")).startsWith("HTTP/1.1 200 OK");
        assertThat(body(control.json("GET", "/v1/log-levels"))).isEqualTo("{\"control.levels\":\"ERROR\"}\n");
        assertThat(control.request("DELETE", "/v1/log-levels/control.levels")).startsWith("HTTP/1.1 200 OK");
        assertThat(logger.getLevel()).isEqualTo(Level.WARNING);
        assertThat(control.request("DELETE", "/v1/log-levels/control.levels")).startsWith("HTTP/1.1 404 Not Found")
                .contains("was not changed here");
        assertThat(set("control.levels", "LOUD")).startsWith("HTTP/1.1 400 Bad Request").contains("send OFF, FATAL, ERROR");
        assertThat(set("control.levels", "")).startsWith("HTTP/1.1 400 Bad Request").contains("The body is empty");
    }

    @Test
    void theNextReloadUndoesThem() throws IOException {
        open(idle("a"));
        Logger changed = Logger.getLogger("control.changed");
        Logger other = Logger.getLogger("control.other");
        set("control.changed", "DEBUG");
        set("control.other", "DEBUG");
        changed.setLevel(Level.SEVERE);

        control.service.reloaded(new ReloadResult(ReloadResult.Status.REJECTED, 1, Set.of(), Set.of(), List.of()),
                Instant.now());
        assertThat(other.getLevel().getName()).isEqualTo("DEBUG");
        control.service.reloaded(new ReloadResult(ReloadResult.Status.APPLIED, 2,
                Set.of("quarkus.log.category.\"control.changed\".level"), Set.of(), List.of()), Instant.now());
        assertThat(other.getLevel()).isNull();
        assertThat(changed.getLevel()).isEqualTo(Level.SEVERE);
        changed.setLevel(null);
    }

    private String set(String category, String level) throws IOException {
        return control.send("PUT /v1/log-levels/" + category + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + level.length() + "\r\n\r\n" + level);
    }

    @Test
    void dumpsAnswerThePath() throws IOException {
        control = new ControlFixture(Optional.of(new Dumps()), new JacksonJson(), idle("a"));

        assertThat(body(control.request("POST", "/v1/dump/threads"))).isEqualTo("/dumps/threads.txt\n");
        assertThat(control.json("POST", "/v1/dump/heap")).startsWith("HTTP/1.1 501 Not Implemented")
                .contains("\"detail\":\"not here\",\"code\":\"PD-9001\"");
        assertThat(body(control.json("POST", "/v1/recordings?duration=1s&settings=profile")))
                .isEqualTo("{\"path\":\"/dumps/PT1S-profile.jfr\"}\n");
        assertThat(control.json("POST", "/v1/recordings?duration=1s&settings=all&wait=false"))
                .startsWith("HTTP/1.1 400 Bad Request").contains("known settings");
        assertThat(control.request("POST", "/v1/recordings?wait=false")).startsWith("HTTP/1.1 202 Accepted");
        assertThat(control.request("POST", "/v1/recordings?duration=-1s")).startsWith("HTTP/1.1 400 Bad Request")
                .contains("The parameter duration must be a duration from 0s to 24h");
        assertThat(control.request("POST", "/v1/dump/threads?content=1")).startsWith("HTTP/1.1 400 Bad Request")
                .contains("The parameter content must be true or false");
    }

    @Test
    void whatCannotBeWrittenIsAnsweredWithTheReason() throws IOException {
        String full = "The recording cannot be written to /dumps: the disk is full; free some space";
        control = new ControlFixture(Optional.of(new Dumps() {
            @Override
            public Path heapDump() throws IOException {
                throw new IOException("The heap dump cannot be written to /dumps: it is read-only");
            }

            @Override
            public CompletionStage<Path> record(Duration duration, String settings) throws IOException {
                if (settings.equals("late")) {
                    return CompletableFuture.failedFuture(new IOException(full));
                } else if (settings.equals("many")) {
                    throw new IllegalStateException("No recording can begin: 8 are under way");
                }
                throw new IOException(full);
            }
        }), new PlainJson(), idle("a"));

        assertThat(control.request("POST", "/v1/dump/heap")).startsWith("HTTP/1.1 500 Internal Server Error")
                .endsWith("\r\n\r\nThe heap dump cannot be written to /dumps: it is read-only\n");
        for (String query : List.of("", "?wait=false", "?settings=late")) {
            assertThat(control.request("POST", "/v1/recordings" + query)).as(query)
                    .startsWith("HTTP/1.1 500 Internal Server Error").contains(full);
        }
        assertThat(control.request("POST", "/v1/recordings?settings=many")).startsWith("HTTP/1.1 409 Conflict")
                .contains("8 are under way");
    }

    @Test
    void requestsFindTheClassesOfTheApplication() throws IOException {
        ClassLoader application = new URLClassLoader(new URL[0], getClass().getClassLoader());
        AtomicReference<ClassLoader> seen = new AtomicReference<>();
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();
        here.setContextClassLoader(application);
        try {
            control = new ControlFixture(Optional.of(new Dumps() {
                @Override
                public Path threadDump() {
                    seen.set(Thread.currentThread().getContextClassLoader());
                    return super.threadDump();
                }
            }), new PlainJson(), idle("a"));
        } finally {
            here.setContextClassLoader(before);
        }
        control.request("POST", "/v1/dump/threads");
        assertThat(seen.get()).isSameAs(application);
    }

    private static class Dumps implements Diagnostics {

        @Override
        public Path threadDump() {
            return Path.of("/dumps/threads.txt");
        }

        @Override
        public Path heapDump() throws IOException {
            throw new UnsupportedOperationException("not here");
        }

        @Override
        public CompletionStage<Path> record(Duration duration, String settings) throws IOException {
            if (settings.equals("all")) {
                throw new IllegalArgumentException("there are no settings 'all'; known settings: default, profile");
            }
            return CompletableFuture.completedFuture(Path.of("/dumps", duration + "-" + settings + ".jfr"));
        }
    }

    @Test
    void withoutDumps() throws IOException {
        open(idle("a"));
        assertThat(control.request("POST", "/v1/dump/threads")).startsWith("HTTP/1.1 501 Not Implemented")
                .contains("cannot write dumps or recordings");
    }

    @Test
    void aShutdownSaysWhoWantsIt() throws IOException {
        open(idle("a"));
        control.engine.start();
        assertThat(control.request("GET", "/v1/last-shutdown")).startsWith("HTTP/1.1 404 Not Found");
        assertThat(control.request("POST", "/v1/shutdown?exit-code=256")).startsWith("HTTP/1.1 400 Bad Request")
                .contains("The parameter exit-code must be a number from 0 to 255");
        assertThat(control.json("POST", "/v1/shutdown?exit-code=3")).startsWith("HTTP/1.1 202 Accepted")
                .endsWith("{\"exitCode\":3}\n");
        control.engine.stop(new ShutdownReason.Requested("the test"));
        assertThat(body(control.json("GET", "/v1/last-shutdown"))).contains("\"exitCode\":3",
                "\"by\":\"control socket, user " + System.getProperty("user.name") + "\"");
        assertThat(body(control.request("GET", "/v1/last-shutdown"))).contains("test has shut down in");
    }

    @Test
    void whatWaitsAtTheEndIsAnswered() throws Exception {
        open(subsystem("worker", Behavior.running(context -> {
            work.set(context.begin());
            context.await();
            return null;
        })));
        control.engine.start();
        ControlFixture.await("there is work", () -> work.get() != null);
        try (RawClient client = control.connect()) {
            client.send("POST /v1/drain?wait=1h HTTP/1.1\r\nHost: d\r\n\r\n");
            ControlFixture.await("it drains", () -> control.engine.state().name().equals("DRAINING"));
            control.service.end();
            assertThat(client.readAll()).startsWith("HTTP/1.1 503 Service Unavailable").contains("The daemon has ended");
        }
        work.get().close();
    }

    @Test
    void whatIsUnknownOfResourcesIsSaidSo() throws IOException {
        open(idle("a"));
        assertThat(body(control.json("GET", "/v1/resources"))).contains("\"residentSet\":null");
        assertThat(body(control.request("GET", "/v1/resources"))).contains("memory      unknown\n");
    }

    @Test
    void theLoadIsOfProcessors() {
        ResourceUsage usage = new ResourceUsage(Instant.EPOCH, 0, OptionalLong.empty(), OptionalLong.empty(),
                OptionalLong.empty(), OptionalDouble.of(0.5), 1, OptionalLong.empty(), OptionalLong.empty());
        int count = Runtime.getRuntime().availableProcessors();
        assertThat(ResourceTexts.of(usage)).containsPattern("cpu +50 % of " + count + " processors?\n");
    }

    @Test
    void oneIsSingular() throws IOException {
        open(new SubsystemSpec("broken", List.of(), starting(context -> {
            throw new IOException("no");
        }), SubsystemSettings.declared(RestartPolicy.NEVER, false)));
        assertThat(body(control.request("GET", "/v1/subsystems/broken")))
                .containsPattern("generation +0 \\(0 restarts, 0 failures");
        control.engine.start();
        ControlFixture.await("it is FAILED",
                () -> control.engine.subsystem("broken").orElseThrow().state() == SubsystemState.FAILED);
        assertThat(body(control.request("GET", "/v1/subsystems/broken")))
                .containsPattern("generation +1 \\(0 restarts, 1 failure[,)]");
    }

    /** In text nothing begins a new line or controls the terminal, wherever it comes from. */
    @Test
    void whatOthersWroteIsEscapedInTheSameWayEverywhere() throws IOException {
        open(new SubsystemSpec("broken", List.of(), starting(context -> {
            throw new IOException("no\n\u001b[2Jx");
        }), SubsystemSettings.declared(RestartPolicy.NEVER, false)));
        control.engine.start();
        ControlFixture.await("it is FAILED",
                () -> control.engine.subsystem("broken").orElseThrow().state() == SubsystemState.FAILED);
        for (String path : List.of("/v1/subsystems", "/v1/subsystems/broken")) {
            assertThat(body(control.request("GET", path))).contains("no\\n\\u001b[2Jx").doesNotContain("\u001b", "\\u000a");
        }
        assertThat(body(control.request("POST", "/v1/subsystems/broken/start"))).contains("no\\n\\u001b[2Jx")
                .doesNotContain("\u001b");
        control.service.reloaded(new ReloadResult(ReloadResult.Status.REJECTED, 1, Set.of("a\nb"), Set.of(),
                List.of(new ConfigProblem(Optional.of("k"), Optional.empty(), OptionalInt.empty(), "is\u001b bad"))),
                Instant.now());
        assertThat(body(control.request("GET", "/v1/config"))).contains("a\\nb", "is\\u001b bad").doesNotContain("\u001b");
        assertThat(body(control.request("GET", "/v1/log-levels/a%E2%80%AEb"))).startsWith("a\\u202eb ");
    }

    @Test
    void theListOfRequests() throws IOException {
        open(idle("a"));
        assertThat(body(control.request("GET", "/"))).isEqualTo(body(control.request("GET", "/v1"))).contains(
                "POST     /v1/subsystems/NAME/restart?wait  ", "GET      /v1/events?from  ");
        assertThat(body(control.json("GET", "/v1"))).startsWith("[{\"method\":\"GET\",\"path\":\"/v1/daemon\",");
    }
}

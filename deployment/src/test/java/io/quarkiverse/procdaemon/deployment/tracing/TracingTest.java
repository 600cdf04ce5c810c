package io.quarkiverse.procdaemon.deployment.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Restarts and reloads are spans; a request that is traced does not trace what it starts. */
@Timeout(120)
class TracingTest {

    private static final String P = "quarkus.proc-daemon.";
    private static final Path FILE = Path.of("target", "tracing-" + ProcessHandle.current().pid() + ".properties")
            .toAbsolutePath();
    private static final AttributeKey<String> NAME = AttributeKey.stringKey("proc_daemon.subsystem.name");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.tracing())
            .setBeforeAllCustomizer(() -> write("any=1"))
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Fragile.class, Exporter.class, Api.class, Seen.class))
            .overrideConfigKey("quarkus.otel.simple", "true")
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.toUri().toString())
            .overrideRuntimeConfigKey(P + "reload.poll-interval", "1d")
            .overrideRuntimeConfigKey(P + "subsystem.restart.initial-delay", "1ms")
            .overrideRuntimeConfigKey(P + "subsystem.restart.on-exhausted", "fail");

    static void write(String... lines) {
        try {
            Files.writeString(FILE, String.join("\n", lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Singleton
    static class Exporter {
        @Produces
        @Singleton
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }
    }

    /** The traces that code of subsystems was part of. */
    @Singleton
    static class Seen {

        final Map<String, String> traces = new ConcurrentHashMap<>();

        void note(String place) {
            if (Span.current().getSpanContext().isValid()) {
                traces.put(place, Span.current().getSpanContext().getTraceId());
            }
        }
    }

    @Subsystem(critical = false)
    static class Fragile {

        volatile boolean startsFail;
        volatile CountDownLatch fail = new CountDownLatch(1);

        @Inject
        Seen seen;

        @OnStart
        void open() {
            seen.note("start");
            if (startsFail) {
                throw new IllegalStateException("no port");
            }
        }

        @Run
        void run(SubsystemContext context) throws InterruptedException {
            seen.note("run");
            fail = new CountDownLatch(1);
            context.onShutdown(() -> {
                seen.note("shutdown");
                fail.countDown();
            });
            context.fork("child", () -> seen.note("child"));
            fail.await();
            if (!context.isShutdown()) {
                throw new IllegalStateException("no luck");
            }
        }

        @OnStop
        void close() {
            seen.note("stop");
        }
    }

    /** What a request does, is part of its trace. */
    @Singleton
    static class Api {

        @Inject
        Daemon daemon;

        @Inject
        Seen seen;

        void offer(@Observes Router router) {
            router.post("/restart").handler(request -> {
                String trace = Span.current().getSpanContext().getTraceId();
                daemon.restart("fragile").whenComplete((done, failure) -> answer(request, trace));
            });
            router.post("/register").handler(request -> {
                String trace = Span.current().getSpanContext().getTraceId();
                daemon.newSubsystem("late").onStart(() -> seen.note("late start")).run(this::run).register()
                        .whenComplete((done, failure) -> answer(request, trace));
            });
        }

        private void run(ShutdownHandle shutdown) throws InterruptedException {
            seen.note("late run");
            shutdown.await();
        }

        private static void answer(RoutingContext request, String trace) {
            request.vertx().runOnContext(any -> request.end(trace));
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Fragile fragile;

    @Inject
    Seen seen;

    @Inject
    InMemorySpanExporter exporter;

    @BeforeEach
    void isWell() throws Exception {
        fragile.startsFail = false;
        daemon.start("fragile").toCompletableFuture().get(20, TimeUnit.SECONDS);
        await().until(() -> daemon.subsystem("fragile").orElseThrow().state() == SubsystemState.RUNNING);
        seen.traces.clear();
        exporter.reset();
    }

    private SpanData span(String name) {
        return await()
                .until(() -> exporter.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).toList(),
                        found -> found.size() == 1)
                .get(0);
    }

    private static List<String> events(SpanData span) {
        return span.getEvents().stream().map(EventData::getName).toList();
    }

    @Test
    void aRestartAfterAFailureIsASpan() {
        long generation = daemon.subsystem("fragile").orElseThrow().generation();
        fragile.fail.countDown();
        SpanData span = span("proc-daemon restart");
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getAttributes().asMap()).containsEntry(NAME, "fragile")
                .containsEntry(AttributeKey.longKey("proc_daemon.subsystem.generation"), generation)
                .containsEntry(AttributeKey.longKey("proc_daemon.subsystem.next_generation"), generation + 1);
        assertThat(events(span)).containsExactly("exception", "attempt");
        assertThat(span.getEvents().get(0).getAttributes().get(AttributeKey.stringKey("exception.message")))
                .isEqualTo("no luck");
        assertThat(span.getEvents().get(0).getEpochNanos()).isEqualTo(span.getStartEpochNanos());
        assertThat(span.getEndEpochNanos()).isGreaterThanOrEqualTo(span.getEvents().get(1).getEpochNanos());
    }

    @Test
    void oneThatIsGivenUpIsAnError() {
        fragile.startsFail = true;
        fragile.fail.countDown();
        SpanData span = span("proc-daemon restart");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).contains("restarts");
        assertThat(events(span)).startsWith("exception", "attempt", "exception", "attempt");
    }

    @Test
    void aTracedRequestRestartsWithoutTracingWhatItRestarts() {
        String trace = RestAssured.post("/restart").then().statusCode(200).extract().asString();
        assertThat(trace).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
        SpanData span = span("proc-daemon restart");
        assertThat(span.getTraceId()).isNotEqualTo(trace);
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(events(span)).isEmpty();
        fragile.fail.countDown();
        await().until(
                () -> exporter.getFinishedSpanItems().stream().filter(any -> any.getName().contains("restart")).count() > 1);
        assertThat(seen.traces).isEmpty();
        assertThat(exporter.getFinishedSpanItems()).anyMatch(request -> request.getTraceId().equals(trace));
    }

    @Test
    void aTracedRequestRegistersWithoutTracingWhatItRegisters() throws Exception {
        String trace = RestAssured.post("/register").then().statusCode(200).extract().asString();
        assertThat(trace).isNotEqualTo("0".repeat(32));
        daemon.unregister("late").toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(seen.traces).isEmpty();
    }

    @Test
    void reloadsAreSpans() throws Exception {
        write("any=2");
        daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
        SpanData applied = span("proc-daemon reload");
        assertThat(applied.getParentSpanContext().isValid()).isFalse();
        assertThat(applied.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(applied.getAttributes().get(AttributeKey.stringKey("proc_daemon.reload.status"))).isEqualTo("APPLIED");
        assertThat(applied.getAttributes().get(AttributeKey.longKey("proc_daemon.reload.changed_keys"))).isEqualTo(1);

        exporter.reset();
        write("any=3", P + "reload.timeout=never");
        ReloadResult result = daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
        SpanData rejected = span("proc-daemon reload");
        assertThat(rejected.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(rejected.getStatus().getDescription()).isEqualTo(result.problems().get(0).toString());
        write("any=2");
    }
}

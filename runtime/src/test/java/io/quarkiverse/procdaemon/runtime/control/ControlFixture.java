package io.quarkiverse.procdaemon.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.config.ControlConfig;
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
import io.quarkiverse.procdaemon.runtime.json.JsonText;
import io.quarkiverse.procdaemon.runtime.json.PlainJson;

/** An engine with a control socket. */
final class ControlFixture implements AutoCloseable {

    private static final Behavior IDLE = new Behavior(null, null, null, null);

    final Path socket;
    final ControlService service;
    final Engine engine;
    private final Path directory;

    ControlFixture(SubsystemSpec... specs) throws IOException {
        this(Optional.empty(), new PlainJson(), specs);
    }

    ControlFixture(Optional<Diagnostics> diagnostics, JsonText json, SubsystemSpec... specs) throws IOException {
        directory = Files.createTempDirectory("control");
        socket = directory.resolve("d.sock");
        service = new ControlService(config(socket), () -> diagnostics, json);
        engine = engine(List.of(service), specs);
        service.begin(engine);
        await("the socket is there", () -> Files.exists(socket));
    }

    private static Engine engine(List<SubsystemListener> listeners, SubsystemSpec... specs) {
        return new Engine(new EngineOptions("test", ShutdownTimeouts.DEFAULT,
                new Platform(Clock.SYSTEM, new SystemThreads(), LoneTimer::new), () -> 0,
                (name, restart, critical) -> () -> SubsystemSettings.DEFAULT, listeners, ProcessControl.NONE,
                Optional.empty()), Arrays.asList(specs));
    }

    /** One without a socket. */
    static Engine daemon() {
        return engine(List.of());
    }

    static SubsystemSpec idle(String name, String... dependsOn) {
        return subsystem(name, IDLE, dependsOn);
    }

    static SubsystemSpec subsystem(String name, Behavior behavior, String... dependsOn) {
        return new SubsystemSpec(name, List.of(dependsOn), behavior, SubsystemSettings.DEFAULT);
    }

    static ControlConfig config(Path socket, String... users) {
        return new ControlConfig() {
            @Override
            public Optional<Path> socket() {
                return Optional.ofNullable(socket);
            }

            @Override
            public Optional<List<String>> allowedUsers() {
                return users.length == 0 ? Optional.empty() : Optional.of(List.of(users));
            }
        };
    }

    RawClient connect() throws IOException {
        return new RawClient(socket);
    }

    /** One request on a connection of its own; the whole answer. */
    String send(String request) throws IOException {
        try (RawClient client = connect()) {
            client.send(request);
            return client.readAll();
        }
    }

    String request(String method, String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return send(request + "\r\n");
    }

    String json(String method, String path) throws IOException {
        return request(method, path, "Accept: application/json");
    }

    static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    static Collection<Thread> threads() {
        List<Thread> threads = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("proc-daemon-control")) {
                threads.add(thread);
            }
        }
        return threads;
    }

    @Override
    public void close() throws IOException {
        engine.stop(new ShutdownReason.Requested("the test"));
        service.end();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        }
    }
}

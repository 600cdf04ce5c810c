package io.quarkiverse.procdaemon.bench.engine;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.runtime.config.ControlConfig;
import io.quarkiverse.procdaemon.runtime.control.ControlService;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;

/** A request to the control socket: from connecting until the whole answer has been read. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ControlBenchmark extends EngineState {

    /** The number of subsystems. */
    @Param("1000")
    public int n;

    private final ByteBuffer answer = ByteBuffer.allocate(1 << 20);
    private EngineUnderTest engine;
    private ControlService service;
    private Path socket;

    /** Starts a daemon with that many subsystems without code, and its socket. */
    @Setup
    public void start() throws IOException {
        List<Spec> specs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            specs.add(new Spec("subsystem-" + i, null));
        }
        engine = EngineUnderTest.of(specs).get();
        engine.start();
        socket = Files.createTempDirectory("bench").resolve("d.sock");
        service = new ControlService(new ControlConfig() {
            @Override
            public Optional<Path> socket() {
                return Optional.of(socket);
            }

            @Override
            public Optional<List<String>> allowedUsers() {
                return Optional.empty();
            }
        });
        service.begin((DaemonInternals) engine.daemon());
        while (!Files.exists(socket)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Stops both. */
    @TearDown
    public void stop() throws IOException {
        engine.stop();
        service.end();
        engine.close();
        Files.deleteIfExists(socket.resolveSibling("d.sock.lock"));
        Files.delete(socket.getParent());
    }

    /** {@code GET /v1/subsystems} as JSON. */
    @Benchmark
    public int subsystemsJson() throws IOException {
        return get("/v1/subsystems", "application/json");
    }

    /** The same as a table. */
    @Benchmark
    public int subsystemsTable() throws IOException {
        return get("/v1/subsystems", "text/plain");
    }

    private int get(String path, String accept) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: d\r\nAccept: " + accept
                    + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
            answer.clear();
            while (channel.read(answer) >= 0) {
                if (!answer.hasRemaining()) {
                    throw new IOException("the answer is larger than expected");
                }
            }
            if (answer.position() < n * 10) {
                throw new IOException("the answer is too short: " + answer.position());
            }
            return answer.position();
        }
    }
}

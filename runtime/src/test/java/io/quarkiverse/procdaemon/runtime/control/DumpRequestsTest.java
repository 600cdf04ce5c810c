package io.quarkiverse.procdaemon.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.runtime.engine.LogCapture;

/** What clients get of dumps, depending on who they are. */
@Timeout(60)
class DumpRequestsTest {

    private static final String NOTE = "Only root and the user of the daemon can read this file; the text of a thread dump is "
            + "answered by POST /v1/dump/threads?content=true";

    @TempDir
    Path directory;

    private class Dumps implements Diagnostics {

        @Override
        public Path threadDump() throws IOException {
            return Files.writeString(directory.resolve("threads.txt"), "é\n".repeat(100_000));
        }

        @Override
        public Path heapDump() {
            return directory.resolve("heap.hprof");
        }

        @Override
        public CompletionStage<Path> record(Duration duration, String settings) {
            return CompletableFuture.completedFuture(directory.resolve("a.jfr"));
        }
    }

    private Answer post(Diagnostics diagnostics, String path, Map<String, String> query, boolean isOther, Wire wire)
            throws IOException {
        List<String> segments = List.of(path.substring(1).split("/"));
        Request request = new Request("POST", path, segments, query, Map.of(), new byte[0], true);
        for (Route route : new DumpRequests(() -> Optional.of(diagnostics)).routes()) {
            if (route.match(segments).isPresent()) {
                return route.handler().handle(new Call(request, new Peers.Peer("jane", isOther), "", wire));
            }
        }
        throw new AssertionError(path);
    }

    private Wire wire(SocketChannel[] client) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
            client[0] = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("s")));
            return new Wire(server.accept());
        }
    }

    @Test
    void filesAreForRootAndTheUserOfTheDaemon() throws IOException {
        SocketChannel[] client = new SocketChannel[1];
        try (Wire wire = wire(client); SocketChannel open = client[0]) {
            for (String path : List.of("/v1/dump/threads", "/v1/dump/heap", "/v1/recordings")) {
                Answer own = post(new Dumps(), path, Map.of(), false, wire);
                assertThat(own.text().get()).startsWith(directory + "/").doesNotContain("\n");
                assertThat(own.data()).isEqualTo(Map.of("path", own.text().get()));

                Answer other = post(new Dumps(), path, Map.of(), true, wire);
                assertThat(other.text().get()).isEqualTo(own.text().get() + "\n" + NOTE);
                assertThat(other.data()).isEqualTo(Map.of("path", own.text().get(), "note", NOTE));
            }
        }
    }

    @Test
    void theTextOfAThreadDumpIsForAll() throws Exception {
        SocketChannel[] client = new SocketChannel[1];
        try (Wire wire = wire(client);
                SocketChannel open = client[0];
                LogCapture log = new LogCapture(
                        "io.quarkiverse.procdaemon")) {
            CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> {
                try {
                    return new String(java.nio.channels.Channels.newInputStream(open).readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8);
                } catch (IOException failed) {
                    return failed.toString();
                }
            });
            assertThat(post(new Dumps(), "/v1/dump/threads", Map.of("content", "true"), true, wire)).isNull();
            wire.close();
            assertThat(received.get()).startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\n")
                    .contains("\r\nContent-Length: 300000\r\nConnection: close\r\n\r\n")
                    .endsWith("\n\r\n" + "é\n".repeat(100_000));
            assertThat(log.lines()).containsExactly(
                    "INFO Wrote a thread dump to " + directory.resolve("threads.txt") + " (control socket, user jane)");
        }
    }

    @Test
    void oneThatIsGoneAlready() throws IOException {
        Diagnostics gone = new Dumps() {
            @Override
            public Path threadDump() {
                return directory.resolve("gone.txt");
            }
        };
        SocketChannel[] client = new SocketChannel[1];
        try (Wire wire = wire(client); SocketChannel open = client[0]) {
            assertThatThrownBy(() -> post(gone, "/v1/dump/threads", Map.of("content", "true"), false, wire))
                    .isInstanceOf(Problem.class).hasMessage("The thread dump cannot be read: "
                            + "java.nio.file.NoSuchFileException: " + directory.resolve("gone.txt"));
        }
    }
}

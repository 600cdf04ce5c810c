package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An open websocket does not hold up the end, and what its {@code @OnClose} uses is still there. */
class WebSocketIT {

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    /** Answers a closing frame as the JDK does by default, and keeps its code. */
    private static final class Watcher implements WebSocket.Listener {

        private final CompletableFuture<String> count = new CompletableFuture<>();
        private final CompletableFuture<Integer> code = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            count.complete(text.toString());
            return WebSocket.Listener.super.onText(socket, text, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            code.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            count.completeExceptionally(error);
            code.completeExceptionally(error);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void goesAwayBeforeWhatItUses(boolean beforeHttp) throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor()).isZero();
        Watcher watcher = new Watcher();
        try (DaemonProcess daemon = DaemonProcess.on(directory.resolve("lines.log")).withHooks()
                .withFault("watcherLeft", "DELAY").with("collector.test-hooks.pipe", pipe.toString())
                .with("quarkus.shutdown.timeout", SHUTDOWN_TIMEOUT.toSeconds() + "s")
                .with("quarkus.proc-daemon.shutdown.before-http", Boolean.toString(beforeHttp)).up()) {
            WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + daemon.httpPort() + "/watch"), watcher)
                    .get(60, TimeUnit.SECONDS);
            socket.sendText("how many?", true);
            assertThat(watcher.count.get(60, TimeUnit.SECONDS)).isEqualTo("{\"lines\":0,\"words\":0}");

            daemon.terminate();
            assertThat(watcher.code.get(60, TimeUnit.SECONDS)).isEqualTo(1001);
            daemon.awaitLog("watcherLeft is delayed");
            await("a moment in which nothing stops").during(Duration.ofMillis(500))
                    .until(() -> !daemon.log().contains("RUNNING -> STOPPING"));
            Files.writeString(pipe, "x");
            // Far less than the timeout.
            assertThat(daemon.awaitExit()).isEqualTo(143);

            assertThat(daemon.log()).containsSubsequence("A watcher left at 0 lines", "ingest#1 RUNNING -> STOPPING");
            daemon.assertStoppedInOrder();
        }
    }
}

package io.quarkiverse.procdaemon.intake;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The HTTP server of this application, as its clients see it. */
@Singleton
class Server {

    private final HttpClient client = HttpClient.newHttpClient();

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    /** Whether a request succeeds; false if it is answered with 503, or the server is closed. */
    boolean answers(String path) throws IOException {
        HttpURLConnection request = (HttpURLConnection) uri("http", path).toURL().openConnection();
        request.setConnectTimeout(10_000);
        request.setReadTimeout(10_000);
        request.setRequestProperty("Connection", "close");
        try {
            return switch (request.getResponseCode()) {
                case 200 -> true;
                case 503 -> false;
                default -> throw new IOException(path + " answers " + request.getResponseCode());
            };
        } catch (ConnectException closed) {
            return false;
        } finally {
            request.disconnect();
        }
    }

    /** Whether a websocket returns a message; false if it returns another one, or the server is closed. */
    boolean returns(String path, String message) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                answer.complete(data.toString());
                return null;
            }
        };
        try {
            WebSocket socket = client.newWebSocketBuilder().buildAsync(uri("ws", path), listener).get(20, SECONDS);
            socket.sendText(message, true);
            boolean returned = answer.get(20, SECONDS).equals(message);
            socket.abort();
            return returned;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ConnectException) {
                return false;
            }
            throw failed;
        }
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://localhost:" + port + path);
    }
}

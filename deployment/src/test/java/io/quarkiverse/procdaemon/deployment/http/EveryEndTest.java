package io.quarkiverse.procdaemon.deployment.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.runtime.http.InFlightRequests;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** No end is missed, however a request is handled and in whatever protocol. */
class EveryEndTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.http())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Routes.class, Client.class))
            .overrideRuntimeConfigKey("quarkus.http.test-port", "0");

    private static final HttpClient HTTP2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    @Inject
    InFlightRequests traffic;

    @Inject
    Routes routes;

    @TestHTTPResource
    URI server;

    private void assertQuiet() throws InterruptedException {
        assertThat(traffic.awaitQuiet(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void ofARouteThatPutsItsEndHandlerInThePlaceOfAllOthers() throws Exception {
        try (Client client = new Client(server).get("/own-end-handler")) {
            client.await("own end handler");
            assertQuiet();
        }
    }

    @Test
    void ofARequestThatIsReroutedToSuchARoute() throws Exception {
        try (Client client = new Client(server).get("/rerouted")) {
            client.await("own end handler");
            assertQuiet();
        }
    }

    @Test
    void ofAnUploadThatIsTooLarge() throws Exception {
        try (Client client = new Client(server)) {
            client.send("POST /plain HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 99000000\r\n\r\n");
            client.await("413 Request Entity Too Large");
            assertQuiet();
        }
    }

    @Test
    void ofWhatHadEndedBeforeAnyFilter() throws Exception {
        try (Client client = new Client(server).get("/early")) {
            client.await("early");
            assertQuiet();
        }
    }

    @Test
    void ofARequestThatBecomesAWebsocket() throws Exception {
        try (Client client = new Client(server).get("/websocket", "Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")) {
            client.await("101 Switching Protocols");
            assertThat(routes.webSocket().isClosed()).isFalse();
            assertQuiet();
        }
    }

    @Test
    void ofRequestsInHttp2() throws Exception {
        for (String path : new String[] { "/plain", "/missing", "/blocking", "/throwing", "/own-end-handler" }) {
            HttpResponse<String> response = HTTP2.send(request(path), HttpResponse.BodyHandlers.ofString());
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertQuiet();
        }
    }

    // The first on its connection asks for the other protocol, the second is in it from the start.
    @Test
    void ofStreamsOfHttp2() throws Exception {
        HttpClient fresh = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        for (String path : new String[] { "/held/first-stream", "/held/second-stream" }) {
            CompletableFuture<HttpResponse<String>> response = fresh.sendAsync(request(path),
                    HttpResponse.BodyHandlers.ofString());
            var held = routes.held(path);
            assertThat(traffic.awaitQuiet(Duration.ZERO)).isFalse();
            held.end("stream");
            assertThat(response.get(10, TimeUnit.SECONDS).version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertQuiet();
        }
    }

    @Test
    void ofAStreamThatIsReset() throws Exception {
        HTTP2.send(request("/plain"), HttpResponse.BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> response = HTTP2.sendAsync(request("/held/reset"),
                HttpResponse.BodyHandlers.ofString());
        routes.held("/held/reset");
        assertThat(traffic.awaitQuiet(Duration.ZERO)).isFalse();
        response.cancel(true);
        assertQuiet();
        HttpResponse<String> next = HTTP2.send(request("/plain"), HttpResponse.BodyHandlers.ofString());
        assertThat(next.version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(10)).build();
    }
}

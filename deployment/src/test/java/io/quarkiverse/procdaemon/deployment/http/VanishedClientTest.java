package io.quarkiverse.procdaemon.deployment.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.runtime.http.InFlightRequests;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** A request whose client has disconnected is no longer in flight, though nothing ends its response. */
class VanishedClientTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.http())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Routes.class, Client.class))
            .overrideRuntimeConfigKey("quarkus.http.test-port", "0");

    @Inject
    InFlightRequests traffic;

    @Inject
    Routes routes;

    @TestHTTPResource
    URI server;

    private void assertEndsWith(Client client) throws Exception {
        assertThat(traffic.awaitQuiet(Duration.ZERO)).isFalse();
        client.close();
        assertThat(traffic.awaitQuiet(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void whileItIsHandled() throws Exception {
        Client client = new Client(server).get("/held/alone");
        routes.held("/held/alone");
        assertEndsWith(client);
    }

    @Test
    void whileItSendsTheBody() throws Exception {
        Client client = new Client(server).send("POST /held/upload HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Length: 100\r\n\r\nnot a hundred");
        routes.held("/held/upload").request().handler(some -> {
        });
        assertEndsWith(client);
    }

    @Test
    void whileTheResponseStreams() throws Exception {
        Client client = new Client(server).get("/held/events", "Accept: text/event-stream");
        routes.held("/held/events").response().putHeader("Content-Type", "text/event-stream").setChunked(true)
                .write("data: 1\n\n");
        client.await("data: 1");
        assertEndsWith(client);
    }

    @Test
    void withMoreRequestsInThePipeline() throws Exception {
        Client client = new Client(server).get("/held/head").get("/held/never");
        routes.held("/held/head");
        assertEndsWith(client);
    }

    @Test
    void beforeItsTurnCame() throws Exception {
        Client client = new Client(server).get("/closed");
        routes.held("before /closed");
        client.close();
        routes.held("/closed");
        assertThat(traffic.awaitQuiet(Duration.ofSeconds(5))).isTrue();
    }
}

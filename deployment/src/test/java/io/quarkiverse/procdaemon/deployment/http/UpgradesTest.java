package io.quarkiverse.procdaemon.deployment.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.runtime.http.Upgrades;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** Websockets are closed with "going away", and none is opened from then on. */
class UpgradesTest {

    private static final String[] WEBSOCKET = { "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" };
    /** FIN and close, two bytes: 1001, which is going away. */
    private static final byte[] GOING_AWAY = { (byte) 0x88, 2, 3, (byte) 0xe9 };
    /** The same of a client, masked with zeros. */
    private static final byte[] ANSWER = { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe9 };

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.http())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Routes.class, Client.class))
            .overrideRuntimeConfigKey("quarkus.http.test-port", "0");

    @Inject
    Upgrades upgrades;

    @Inject
    Routes routes;

    @TestHTTPResource
    URI server;

    @Test
    void websocketsAreToldToGo() throws Exception {
        try (Client refused = new Client(server).get("/missing", WEBSOCKET).await("404 Not Found").await("</html>");
                Client polite = new Client(server);
                Client silent = new Client(server)) {
            polite.get("/websockets", WEBSOCKET).await("101 Switching Protocols").await("\r\n\r\n");
            silent.get("/websockets", WEBSOCKET).await("101 Switching Protocols").await("\r\n\r\n");
            upgrades.end();
            assertThat(polite.read(GOING_AWAY.length)).isEqualTo(GOING_AWAY);
            assertThat(silent.read(GOING_AWAY.length)).isEqualTo(GOING_AWAY);
            polite.send(ANSWER);
            await().atMost(10, TimeUnit.SECONDS).until(() -> routes.closed() >= 1);
            assertThat(upgrades.awaitQuiet(Duration.ofSeconds(10))).as("without an answer of the other").isTrue();
            await().atMost(10, TimeUnit.SECONDS).until(() -> routes.closed() == 2);
            refused.get("/websockets", WEBSOCKET).await("503 Service Unavailable");
        }
    }
}

package io.quarkiverse.procdaemon.deployment.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.runtime.http.InFlightRequests;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** A request is in flight from the moment it is routed until its response ends, and no longer. */
class InFlightRequestsTest {

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

    @AfterEach
    void nothingIsLeftUnderWay() throws Exception {
        assertThat(traffic.awaitQuiet(Duration.ofSeconds(10))).isTrue();
    }

    private boolean isQuiet() throws InterruptedException {
        return traffic.awaitQuiet(Duration.ZERO);
    }

    /** Returns when the call waits, hence after the moment that divides what is waited for from what is not. */
    private FutureTask<Boolean> awaitQuiet() {
        FutureTask<Boolean> quiet = new FutureTask<>(() -> traffic.awaitQuiet(Duration.ofSeconds(20)));
        Thread thread = new Thread(quiet, "awaits-quiet");
        thread.start();
        await().atMost(10, TimeUnit.SECONDS).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return quiet;
    }

    @Test
    void aResponseThatHasNotEndedIsUnderWay() throws Exception {
        assertThat(isQuiet()).isTrue();
        try (Client client = new Client(server).get("/held/one")) {
            var request = routes.held("/held/one");
            FutureTask<Boolean> quiet = awaitQuiet();
            assertThat(isQuiet()).isFalse();
            request.end("one");
            assertThat(quiet.get(10, TimeUnit.SECONDS)).isTrue();
            client.await("one");
        }
    }

    /** A probe asks all the time, so a drain does not wait for it. */
    @Test
    void thoseOfTheApplicationCountInADrain() throws Exception {
        assertThat(traffic.count()).isZero();
        try (Client client = new Client(server).get("/held/counted"); Client probe = new Client(server).get("/q/held")) {
            var request = routes.held("/held/counted");
            var probed = routes.held("/q/held");
            assertThat(traffic.count()).isEqualTo(1);
            request.end("counted");
            client.await("counted");
            assertThat(traffic.awaitQuiet(Duration.ZERO)).isFalse();
            assertThat(traffic.count()).isZero();
            probed.end();
        }
    }

    @Test
    void whatBeginsLaterIsNotWaitedFor() throws Exception {
        try (Client before = new Client(server).get("/held/before"); Client later = new Client(server)) {
            var request = routes.held("/held/before");
            FutureTask<Boolean> quiet = awaitQuiet();
            later.get("/held/later");
            var other = routes.held("/held/later");
            assertThat(quiet.isDone()).isFalse();
            request.end();
            assertThat(quiet.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(isQuiet()).isFalse();
            other.end();
        }
    }

    @Test
    void aConnectionThatIsKeptIsNoRequest() throws Exception {
        try (Client client = new Client(server)) {
            for (int i = 0; i < 10; i++) {
                client.get("/plain").await("\r\n\r\nplain").get("/missing").await("404 Not Found").await("</html>");
                assertThat(traffic.awaitQuiet(Duration.ofSeconds(10))).isTrue();
            }
            client.get("/held/kept");
            var request = routes.held("/held/kept");
            assertThat(isQuiet()).isFalse();
            request.end();
        }
    }

    @Test
    void aRequestInThePipelineBeginsWhenItsTurnComes() throws Exception {
        try (Client client = new Client(server).get("/held/first").get("/held/second").get("/plain")) {
            var first = routes.held("/held/first");
            FutureTask<Boolean> quiet = awaitQuiet();
            first.end("first");
            assertThat(quiet.get(10, TimeUnit.SECONDS)).isTrue();
            routes.held("/held/second").end("second");
            client.await("first").await("second").await("plain");
        }
    }

    @Test
    void aFailureIsTheEnd() throws Exception {
        try (Client client = new Client(server)) {
            client.get("/throwing").await("500 Internal Server Error");
            assertThat(traffic.awaitQuiet(Duration.ofSeconds(10))).isTrue();
            client.get("/held/failed");
            var request = routes.held("/held/failed");
            assertThat(isQuiet()).isFalse();
            request.fail(new IllegalStateException("failed later"));
            client.await("500 Internal Server Error");
        }
    }

    @Test
    void aResponseIsUnderWayWhileItStreams() throws Exception {
        try (Client client = new Client(server).get("/held/stream")) {
            var request = routes.held("/held/stream");
            request.response().setChunked(true).write("some").toCompletionStage().toCompletableFuture().get(10,
                    TimeUnit.SECONDS);
            client.await("some");
            FutureTask<Boolean> quiet = awaitQuiet();
            assertThat(isQuiet()).isFalse();
            request.end("more");
            assertThat(quiet.get(10, TimeUnit.SECONDS)).isTrue();
            client.await("more");
        }
    }

    @Test
    void aFileThatIsSentIsTheEnd(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file.txt"), "from a file");
        try (Client client = new Client(server).get("/file?name=" + file)) {
            client.await("from a file");
            assertThat(traffic.awaitQuiet(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void aRequestThatOffersHttp2InVainIsUnderWay() throws Exception {
        try (Client client = new Client(server).get("/plain").await("\r\n\r\nplain")) {
            client.get("/held/offer", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk");
            var request = routes.held("/held/offer");
            assertThat(isQuiet()).isFalse();
            request.end("not upgraded");
            client.await("HTTP/1.1 200 OK").await("not upgraded");
        }
    }

    @Test
    void aRequestThatAnEarlyFilterHoldsIsUnderWay() throws Exception {
        try (Client client = new Client(server).get("/filtered")) {
            var request = routes.held("/filtered");
            assertThat(isQuiet()).isFalse();
            request.end("filtered");
            client.await("filtered");
        }
    }
}

package io.quarkiverse.procdaemon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;

import io.vertx.core.json.JsonObject;

/** What a daemon says of itself over HTTP. */
public class AppHttp {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Over HTTP/2 the JDK's client takes a GOAWAY on the heels of an answer for the answer's failure. */
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String root;

    public AppHttp(int port) {
        root = "http://localhost:" + port;
    }

    /** One health check: its status and its data. */
    public record Check(String status, JsonObject data) {

        private static final Check NONE = new Check("NONE", new JsonObject());

        public boolean isUp() {
            return status.equals("UP");
        }

        public String state() {
            return data.getString("state");
        }
    }

    public HttpResponse<String> send(String method, String path) {
        return send(method, path, BodyPublishers.noBody());
    }

    /** Asserts that it is accepted. */
    public void post(String path, String body) {
        HttpResponse<String> response = send("POST", path, BodyPublishers.ofString(body));
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isBetween(200, 299);
    }

    private HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE).method(method, body).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A subsystem's check in the readiness. */
    public Check readiness(String subsystem) {
        return check("ready", "proc-daemon/" + subsystem);
    }

    public Check liveness() {
        return check("live", "proc-daemon");
    }

    public Check startup() {
        return check("started", "proc-daemon");
    }

    private Check check(String kind, String name) {
        return new JsonObject(send("GET", "/q/health/" + kind).body()).getJsonArray("checks").stream()
                .map(JsonObject.class::cast).filter(check -> check.getString("name").equals(name))
                .map(check -> new Check(check.getString("status"), check.getJsonObject("data", new JsonObject())))
                .findFirst().orElse(Check.NONE);
    }

    /** Waits for it; that the daemon is alive and has started has to hold all the while. */
    public Check awaitReadiness(String subsystem, Predicate<Check> wanted) {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(liveness().status()).isEqualTo("UP");
            assertThat(startup().status()).isEqualTo("UP");
            return readiness(subsystem);
        }, wanted);
    }
}

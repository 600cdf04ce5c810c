package io.quarkiverse.procdaemon.collector;

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

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a daemon says of itself over HTTP, and the tests' hooks in it. */
final class DaemonHttp {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Over HTTP/2 the JDK's client takes a GOAWAY on the heels of an answer for the answer's failure. */
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String root;

    DaemonHttp(int port) {
        root = "http://localhost:" + port;
    }

    /** One health check: its status and its data. */
    record Check(String status, JsonObject data) {

        private static final Check NONE = new Check("NONE", new JsonObject());

        boolean isUp() {
            return status.equals("UP");
        }

        String state() {
            return data.getString("state");
        }
    }

    HttpResponse<String> send(String method, String path) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE)
                    .method(method, BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A subsystem's check in the readiness. */
    Check readiness(String subsystem) {
        return check("ready", "proc-daemon/" + subsystem);
    }

    Check liveness() {
        return check("live", "proc-daemon");
    }

    Check startup() {
        return check("started", "proc-daemon");
    }

    private Check check(String kind, String name) {
        return new JsonObject(send("GET", "/q/health/" + kind).body()).getJsonArray("checks").stream()
                .map(JsonObject.class::cast).filter(check -> check.getString("name").equals(name))
                .map(check -> new Check(check.getString("status"), check.getJsonObject("data", new JsonObject())))
                .findFirst().orElse(Check.NONE);
    }

    /** Waits for it; that the daemon is alive and has started has to hold all the while. */
    Check awaitReadiness(String subsystem, Predicate<Check> wanted) {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(liveness().status()).isEqualTo("UP");
            assertThat(startup().status()).isEqualTo("UP");
            return readiness(subsystem);
        }, wanted);
    }

    /** What {@code Daemon.subsystem(String)} says of it; null if there is none. */
    JsonObject subsystem(String name) {
        return new JsonArray(send("GET", "/test-hooks/subsystems").body()).stream().map(JsonObject.class::cast)
                .filter(subsystem -> subsystem.getString("name").equals(name)).findFirst().orElse(null);
    }

    /** A method fails from now on, in the way given. */
    void arm(String method, String fault) {
        put("/test-hooks/faults/" + method + "?fault=" + fault);
    }

    /** A method fails the next time, in the way given. */
    void armOnce(String method, String fault) {
        put("/test-hooks/faults/" + method + "?once=true&fault=" + fault);
    }

    void disarm(String method) {
        assertThat(send("DELETE", "/test-hooks/faults/" + method).statusCode()).isEqualTo(200);
    }

    /** Registers a subsystem while the daemon runs, and waits until it is RUNNING. */
    void register(String name, String dependency) {
        put("/test-hooks/subsystems/" + name + "?depends-on=" + dependency);
    }

    /** Registers a subsystem while the daemon runs, whether it gets to RUNNING or not. */
    void registerOnly(String name, String dependency) {
        put("/test-hooks/subsystems/" + name + "?wait=false&depends-on=" + dependency);
    }

    private void put(String path) {
        HttpResponse<String> response = send("PUT", path);
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
    }
}

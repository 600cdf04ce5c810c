package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import io.quarkiverse.procdaemon.process.AppHttp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The same with the tests' hooks in the collector. */
final class DaemonHttp extends AppHttp {

    DaemonHttp(int port) {
        super(port);
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

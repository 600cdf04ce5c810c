package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drain of the real process: out of rotation, everything running, and back. */
class DrainIT {

    @TempDir
    Path directory;

    private DaemonProcess.Launch collector() {
        return DaemonProcess.on(directory.resolve("lines.log")).withHooks();
    }

    private static void assertHealth(DaemonHttp http, String check, int status) {
        assertThat(http.send("GET", "/q/health/" + check).statusCode()).as(check).isEqualTo(status);
    }

    @Test
    void isUndoneByAResume() throws Exception {
        try (DaemonProcess daemon = collector().up(); LineClient client = daemon.connect()) {
            DaemonHttp http = daemon.http();
            assertThat(client.send("before\n").answer()).isEqualTo("OK 1");
            CompletableFuture<HttpResponse<String>> held = CompletableFuture
                    .supplyAsync(() -> http.send("GET", "/test-hooks/held"));
            org.awaitility.Awaitility.await().atMost(20, TimeUnit.SECONDS).pollInSameThread().untilAsserted(() -> {
                http.send("POST", "/test-hooks/drain");
                http.send("POST", "/test-hooks/resume");
                assertThat(daemon.log()).containsPattern("is draining: .*; in flight: HTTP requests [12]");
            });
            http.send("POST", "/test-hooks/drain");
            assertHealth(http, "ready", 503);
            assertHealth(http, "live", 200);
            assertHealth(http, "started", 200);
            assertThat(client.send("a body keeps running\n").answer()).isEqualTo("OK 2");
            assertThat(http.send("GET", "/lines/count").statusCode()).isEqualTo(200);
            assertThat(daemon.log()).doesNotContain("has drained");
            http.send("DELETE", "/test-hooks/held");
            assertThat(held.get(20, TimeUnit.SECONDS).body()).isEqualTo("released");
            daemon.awaitLog(" has drained: nothing is in flight any more \\(took ");

            http.send("POST", "/test-hooks/resume");
            daemon.awaitLog(" has resumed: it takes new work again");
            assertHealth(http, "ready", 200);
            assertThat(client.send("after\n").answer()).isEqualTo("OK 3");
        }
    }

    @Test
    void doesNotHinderAShutdown() throws Exception {
        try (DaemonProcess daemon = collector().up()) {
            daemon.http().send("POST", "/test-hooks/drain");
            daemon.awaitLog(" is draining: ");
            daemon.terminate();
            assertThat(daemon.awaitExit()).isEqualTo(143);
            daemon.assertStoppedInOrder();
            assertThat(daemon.log()).contains(" has shut down in ").doesNotContain(" has resumed");
        }
    }

    @Test
    void aGracePeriodThatIsTooShortIsWarnedOf() throws Exception {
        try (DaemonProcess daemon = collector().through("env", "PROC_DAEMON_GRACE_PERIOD_SECONDS=10").up()) {
            assertThat(daemon.log()).containsOnlyOnce("The pod may be killed before it has stopped: its grace period is 10s "
                    + "(PROC_DAEMON_GRACE_PERIOD_SECONDS), and a stop may take 15s and a margin: "
                    + "15s (quarkus.proc-daemon.shutdown.kill-timeout) + 5s (margin) = 20s; set terminationGracePeriodSeconds "
                    + "to 20, or lower the timeouts");
        }
    }
}

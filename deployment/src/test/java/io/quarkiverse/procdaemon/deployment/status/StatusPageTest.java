package io.quarkiverse.procdaemon.deployment.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** The page shows the daemon, follows the root path and can only be read. */
class StatusPageTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.http())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Journal.class, Broken.class))
            .overrideConfigKey("quarkus.proc-daemon.status.enabled", "true")
            .overrideConfigKey("quarkus.http.non-application-root-path", "/ops")
            .overrideRuntimeConfigKey("app.api-token", "hunter-2-hunter")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"broken\".restart.policy", "never")
            .overrideRuntimeConfigKey("quarkus.http.test-port", "0");

    @TestHTTPResource
    URI server;

    @Inject
    Daemon daemon;

    @Subsystem("journal")
    static class Journal {
    }

    @Subsystem(value = "broken", dependsOn = Journal.class, critical = false)
    static class Broken {

        @Run
        void work() {
            throw new IllegalStateException("refused \"hunter-2-hunter\"");
        }
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://" + server.getAuthority() + path))
                .timeout(Duration.ofSeconds(20)).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    @Test
    void showsTheDaemonAndNoSecret() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.subsystem("broken").orElseThrow().state() == SubsystemState.FAILED);
        HttpResponse<String> page = ask("GET", "/ops/proc-daemon");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.body()).startsWith("{\"daemon\":{\"name\":").contains(",\"subsystems\":[{\"name\":\"journal\"",
                "\"state\":\"FAILED\"", "refused", ",\"resources\":null,\"config\":{\"epoch\":1,", ",\"lastShutdown\":null}")
                .doesNotContain("hunter");
        assertThat(ask("GET", "/ops/proc-daemon?format=dot").body()).contains("  \"broken\" -> \"journal\";\n", "FAILED")
                .doesNotContain("hunter");
        assertThat(ask("GET", "/ops/proc-daemon?format=mermaid").body()).startsWith("flowchart LR\n").contains("  s1 --> s0\n")
                .doesNotContain("hunter");
    }

    @Test
    void canOnlyBeReadInAFormatThatThereIs() throws Exception {
        HttpResponse<String> posted = ask("POST", "/ops/proc-daemon");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(posted.body()).isEqualTo("The status page can only be read: use GET or HEAD\n");
        HttpResponse<String> unknown = ask("GET", "/ops/proc-daemon?format=%3Cxml%3E");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).isEqualTo("There is no such format; use one of json, dot, mermaid\n");
        HttpResponse<String> head = ask("HEAD", "/ops/proc-daemon");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }
}

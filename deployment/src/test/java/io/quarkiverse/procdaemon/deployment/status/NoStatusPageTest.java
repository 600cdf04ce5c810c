package io.quarkiverse.procdaemon.deployment.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** By default there is neither the route nor the bean. */
class NoStatusPageTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.http())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Journal.class))
            .overrideRuntimeConfigKey("quarkus.http.test-port", "0");

    @TestHTTPResource
    URI server;

    @Inject
    @Any
    Instance<DaemonService> services;

    @Subsystem
    static class Journal {
    }

    @Test
    void isTheDefault() throws Exception {
        URI page = URI.create("http://" + server.getAuthority() + "/q/proc-daemon");
        assertThat(HttpClient.newHttpClient().send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
        assertThat(services.stream().map(service -> service.getClass().getSimpleName())).doesNotContain("StatusPage");
    }
}

package io.quarkiverse.procdaemon.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests a drain does not wait for. */
class EndpointPathsTest {

    @ParameterizedTest
    @CsvSource({
            "/, q, /q/",
            "/, /q, /q/",
            "/app, q, /app/q/",
            "app/, q/, /app/q/",
            "/app, /q, /q/",
            "/app, /app/ops, /app/ops/",
            "/, //ops//, /ops/",
    })
    void theyAreRelativeToTheRootUnlessTheyBeginWithASlash(String root, String endpoints, String prefix) {
        assertThat(new EndpointPaths(root, endpoints).prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({ "/, /", "/, ''", "/app, /app", "/app, /", "/app, ''" })
    void whereTheApplicationIsAmongThemAllCount(String root, String endpoints) {
        EndpointPaths paths = new EndpointPaths(root, endpoints);
        assertThat(paths.prefix()).isEmpty();
        assertThat(paths.contain("/app/lines")).isFalse();
    }

    @Test
    void whatOnlyBeginsLikeThemIsNoneOfThem() {
        EndpointPaths paths = new EndpointPaths("/", "q");
        assertThat(paths.contain("/q/health/ready")).isTrue();
        assertThat(paths.contain("/quotes")).isFalse();
        assertThat(paths.contain("/app/q/health")).isFalse();
    }

    @Test
    void requestsAreCalledThatInTheLog() {
        InFlightRequests requests = new InFlightRequests(new EndpointPaths("/", "q"));
        assertThat(requests).hasToString("The HTTP requests in flight");
        assertThat(requests.kind()).isEqualTo("HTTP requests");
    }
}

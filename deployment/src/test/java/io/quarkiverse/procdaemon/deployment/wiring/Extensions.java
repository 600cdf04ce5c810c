package io.quarkiverse.procdaemon.deployment.wiring;

import java.util.List;
import java.util.stream.Stream;

import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;

/**
 * Further extensions for the applications of tests. They are no test dependencies of this module, so that all other tests run
 * in an application that has this extension alone.
 */
public final class Extensions {

    private Extensions() {
    }

    /** An HTTP server without an endpoint of its own. */
    public static List<Dependency> http() {
        return of("quarkus-vertx-http");
    }

    /** An HTTP server with {@code /q/health}. */
    public static List<Dependency> health() {
        return of("quarkus-vertx-http", "quarkus-smallrye-health");
    }

    /** An HTTP server with {@code /q/metrics}. */
    public static List<Dependency> metrics() {
        return of("quarkus-vertx-http", "quarkus-micrometer-registry-prometheus");
    }

    /** An HTTP server with {@code /q/health} and {@code /q/metrics}. */
    public static List<Dependency> healthAndMetrics() {
        return of("quarkus-vertx-http", "quarkus-smallrye-health", "quarkus-micrometer-registry-prometheus");
    }

    /** Jackson, which writes JSON. */
    public static List<Dependency> jackson() {
        return of("quarkus-jackson");
    }

    /** The scheduler; its API alone is a test dependency of this module. */
    public static List<Dependency> scheduler() {
        return of("quarkus-scheduler");
    }

    /** gRPC, with the HTTP server; its API alone is a test dependency of this module. */
    public static List<Dependency> grpc() {
        return of("quarkus-grpc");
    }

    /** The scheduler on Quartz. */
    public static List<Dependency> quartz() {
        return of("quarkus-quartz");
    }

    /** All that has a say in when subsystems stop: HTTP, health and the scheduler. */
    public static List<Dependency> shutdown() {
        return of("quarkus-vertx-http", "quarkus-smallrye-health", "quarkus-scheduler");
    }

    /** Bean Validation; its API alone is a test dependency of this module. */
    public static List<Dependency> beanValidation() {
        return of("quarkus-hibernate-validator");
    }

    /** Hibernate on H2; the APIs of persistence and transactions alone are test dependencies of this module. */
    public static List<Dependency> hibernate() {
        return of("quarkus-hibernate-orm", "quarkus-jdbc-h2");
    }

    /** Flyway on H2. */
    public static List<Dependency> flyway() {
        return of("quarkus-flyway", "quarkus-jdbc-h2");
    }

    /** Messaging without a connector; its API alone is a test dependency of this module. */
    public static List<Dependency> messaging() {
        return of("quarkus-messaging");
    }

    /** OpenTelemetry with an HTTP server; the exporter that keeps spans in memory is a test dependency of this module. */
    public static List<Dependency> tracing() {
        return of("quarkus-vertx-http", "quarkus-opentelemetry");
    }

    /** What reads YAML. */
    public static List<Dependency> yaml() {
        return of("quarkus-config-yaml");
    }

    /** What reads TOML. */
    public static List<Dependency> toml() {
        return List.of(Dependency.of("com.fasterxml.jackson.dataformat", "jackson-dataformat-toml",
                com.fasterxml.jackson.core.json.PackageVersion.VERSION.toString()));
    }

    /** Extensions of Quarkus, by their artifacts. */
    public static List<Dependency> of(String... artifacts) {
        return Stream.of(artifacts).map(artifact -> Dependency.of("io.quarkus", artifact, Version.getVersion())).toList();
    }
}

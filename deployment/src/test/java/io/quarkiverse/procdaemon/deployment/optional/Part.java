package io.quarkiverse.procdaemon.deployment.optional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;

import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.deployment.wiring.RunningJar;
import io.quarkus.maven.dependency.Dependency;

/** What an application may have or not: the dependency, what of the application uses it, and how one sees that it works. */
enum Part {

    HTTP("quarkus-vertx-http", PartsApplication.Routes.class) {
        @Override
        void check(RunningJar application) throws Exception {
            answers(application, "/worker", "RUNNING");
        }
    },
    HEALTH("quarkus-smallrye-health") {
        @Override
        void check(RunningJar application) throws Exception {
            answers(application, "/q/health/ready", "\"name\": \"proc-daemon/worker\",");
        }
    },
    METRICS("quarkus-micrometer-registry-prometheus") {
        @Override
        void check(RunningJar application) throws Exception {
            answers(application, "/q/metrics", "proc_daemon_subsystem_up{subsystem=\"worker\"} 1.0");
        }
    },
    SCHEDULER("quarkus-scheduler", PartsApplication.Ticker.class) {
        @Override
        void check(RunningJar application) {
            application.awaitLine("trace: ticked");
        }
    },
    QUARTZ("quarkus-quartz", PartsApplication.Ticker.class) {
        @Override
        void check(RunningJar application) {
            application.awaitLine("trace: ticked");
        }
    },
    MESSAGING("quarkus-messaging", PartsApplication.Reader.class) {
        @Override
        void check(RunningJar application) {
            application.awaitLine("trace: read 1");
        }
    },
    KAFKA("quarkus-messaging-kafka", PartsApplication.Reader.class) {
        @Override
        void check(RunningJar application) {
            application.awaitLine("trace: read 1");
        }
    },
    GRPC("quarkus-grpc", PartsApplication.Service.class) {
        @Override
        void check(RunningJar application) {
            application.awaitLine("gRPC ");
        }
    },
    WEBSOCKETS("quarkus-websockets-next") {
        @Override
        void check(RunningJar application) {
            application.awaitLine("websockets-next");
        }
    },
    KUBERNETES("quarkus-kubernetes") {
        @Override
        void check(RunningJar application) {
            application.awaitLine("kubernetes");
        }
    },
    JSON("quarkus-jackson", PartsApplication.Json.class) {
        @Override
        void check(RunningJar application) {
            application.awaitLine("trace: \"RUNNING\"");
        }
    },
    TOML(Extensions.toml().get(0)) {
        @Override
        void check(RunningJar application) {
            application.awaitLine("trace: text of toml");
        }
    },
    YAML("quarkus-config-yaml") {
        @Override
        void check(RunningJar application) {
            application.awaitLine("trace: text of yaml");
        }
    };

    private final Dependency dependency;
    private final List<Class<?>> classes;

    Part(String extension, Class<?>... classes) {
        this(Extensions.of(extension).get(0), classes);
    }

    Part(Dependency dependency, Class<?>... classes) {
        this.dependency = dependency;
        this.classes = List.of(classes);
    }

    Dependency dependency() {
        return dependency;
    }

    /** What of the application needs it. */
    List<Class<?>> classes() {
        return classes;
    }

    /** The others that the dependency brings with it. */
    Set<Part> brings() {
        return switch (this) {
            case HEALTH, METRICS, GRPC -> Set.of(HTTP);
            case WEBSOCKETS -> Set.of(HTTP, JSON);
            case QUARTZ -> Set.of(SCHEDULER);
            case KAFKA -> Set.of(MESSAGING, JSON);
            default -> Set.of();
        };
    }

    /** Whether the application, in which no other part is an obstacle, does what it has this part for. */
    abstract void check(RunningJar application) throws Exception;

    private static void answers(RunningJar application, String path, String text) throws Exception {
        HttpResponse<String> answer = application.getNow(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.body()).as(path).contains(text);
    }
}

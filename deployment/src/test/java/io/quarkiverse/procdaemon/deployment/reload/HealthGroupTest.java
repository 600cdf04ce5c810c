package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** Readiness checks in groups of SmallRye Health: one for all subsystems, one for a single one, another after a reload. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HealthGroupTest {

    private static final String ALL = "quarkus.proc-daemon.subsystem.health.group";
    private static final String INGEST = "quarkus.proc-daemon.subsystem.\"ingest\".health.group";

    private static final ConfigFile FILE = ConfigFile.of("HealthGroupTest", chapter());

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.health())
            .withApplicationRoot(jar -> jar.addClasses(ConfigFile.class, Extensions.class, Journal.class, Ingest.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h");

    /** What the chapter on health shows. */
    private static String[] chapter() {
        try {
            String chapter = Files.readString(Path.of("../docs/observability.md"));
            String groups = chapter.substring(chapter.indexOf("\n### Groups\n"));
            int begin = groups.indexOf("```properties\n") + "```properties\n".length();
            return groups.substring(begin, groups.indexOf("```", begin)).lines().toArray(String[]::new);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Subsystem
    static class Journal {
    }

    @Subsystem
    static class Ingest {
    }

    @Inject
    Daemon daemon;

    @Test
    @Order(1)
    void theCheckIsInItsGroupAndInReadiness() throws Exception {
        names("group/workers", 200, contains("proc-daemon/journal"));
        names("group/edge", 200, contains("proc-daemon/ingest"));
        names("ready", 200, containsInAnyOrder("proc-daemon/journal", "proc-daemon/ingest"));
        names("group", 200, containsInAnyOrder("proc-daemon/journal", "proc-daemon/ingest"));

        done(daemon.stop("ingest"));
        names("group/edge", 503, contains("proc-daemon/ingest"));
        names("group/workers", 200, contains("proc-daemon/journal"));
        done(daemon.start("ingest"));
    }

    @Test
    @Order(2)
    void thatOfARegisteredSubsystemComesAndGoesWithIt() throws Exception {
        done(daemon.newSubsystem("late").run(ShutdownHandle::await).register());
        awaitNames("group/workers", containsInAnyOrder("proc-daemon/journal", "proc-daemon/late"));
        done(daemon.unregister("late"));
        awaitNames("group/workers", contains("proc-daemon/journal"));
    }

    @Test
    @Order(3)
    void aReloadMovesIt() throws Exception {
        ReloadResult moved = reload(ALL + "=workers", INGEST + "=inside");
        assertThat(moved.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(moved.requiresRestart()).isEmpty();
        awaitNames("group/inside", contains("proc-daemon/ingest"));
        names("group/edge", 200, empty());

        assertThat(reload(INGEST + "=inside").status()).isEqualTo(ReloadResult.Status.APPLIED);
        awaitNames("group/workers", empty());
        names("group/inside", 200, contains("proc-daemon/ingest"));
        names("ready", 200, containsInAnyOrder("proc-daemon/journal", "proc-daemon/ingest"));
    }

    @Test
    @Order(4)
    void aNameThatCannotBePartOfAPathIsRejected() throws Exception {
        ReloadResult rejected = reload(INGEST + "=a/b");
        assertThat(rejected.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(rejected.problems()).singleElement().asString().contains(INGEST
                + " (a/b) is not a name; use letters, digits, '-', '_' and '.', and begin with a letter or digit");
        names("group/inside", 200, contains("proc-daemon/ingest"));
    }

    private ReloadResult reload(String... lines) throws Exception {
        FILE.write(lines);
        return daemon.reload().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void done(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void awaitNames(String path, Matcher<?> names) {
        Awaitility.await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> names(path, 200, names));
    }

    private static void names(String path, int status, Matcher<?> names) {
        RestAssured.get("/q/health/" + path).then().statusCode(status).body("checks.name", names);
    }
}

package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** In what order Quarkus does at the start what this and other extensions have recorded. */
@Timeout(120)
class RecordersInOrderTest {

    private static final String DONE = "Build step ";
    private static final String LOCK = "InstanceLockProcessor.take";

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .setForcedDependencies(Stream
                    .of(Extensions.shutdown(), Extensions.flyway(), Extensions.messaging()).flatMap(List::stream).toList())
            .withApplicationRoot(jar -> jar.addClasses(Part.class))
            .overrideConfigKey("quarkus.datasource.db-kind", "h2")
            .overrideConfigKey("quarkus.datasource.jdbc.url", "jdbc:h2:mem:ordered")
            .overrideConfigKey("quarkus.flyway.migrate-at-start", "true")
            .setApplicationName("ordered");

    @Subsystem
    static class Part {
    }

    @TempDir
    Path directory;

    @ProdBuildResults
    ProdModeTestResults build;

    @Test
    void theInstanceLockIsTakenBeforeAnythingWithAnEffect() throws Exception {
        try (RunningJar running = RunningJar.start(build.getBuiltArtifactPath(), "-Dquarkus.debug.print-startup-times=true",
                "-Dquarkus.proc-daemon.instance-lock=" + directory.resolve("lock"))) {
            List<String> steps = running.lines(DONE).map(line -> line.replaceFirst(".*" + DONE + "(\\S+) .*", "$1")).toList();
            List<String> later = steps.subList(steps.indexOf(LOCK) + 1, steps.size());
            assertThat(later).contains("LoggingResourceProcessor.setupLoggingRuntimeInit", "ThreadPoolSetup.createExecutor",
                    "VertxCoreProcessor.build", "DaemonProcessor.assemble", "VertxHttpProcessor.openSocket");
            assertThat(later).anyMatch(step -> step.startsWith("AgroalProcessor."))
                    .anyMatch(step -> step.startsWith("FlywayProcessor.")).doesNotContain(LOCK);
            assertThat(steps.subList(0, steps.indexOf(LOCK))).as("those of the static initialization").isNotEmpty()
                    .noneMatch(step -> step.matches(".*(RuntimeInit|runtimeInit|createExecutor|DaemonProcessor.assemble)"));
        }
    }

    @Test
    void theFailureIsOneLineOnStandardError() throws Exception {
        try (RunningJar running = RunningJar.begin(build.getBuiltArtifactPath(),
                "-Dquarkus.proc-daemon.instance-lock=" + directory, "-Dquarkus.log.console.enabled=false")) {
            assertThat(running.exitCode()).isEqualTo(1);
            assertThat(running.lines("")).containsExactly("PD-1002: the configuration of the daemon has a problem:",
                    "  - system property: quarkus.proc-daemon.instance-lock (" + directory
                            + ") is a directory; name a file in it");
        }
    }
}

package io.quarkiverse.procdaemon.deployment.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.deployment.wiring.RunningJar;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** An application without the gRPC extension loads nothing of gRPC. */
@Timeout(120)
class WithoutGrpcTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .setForcedDependencies(Extensions.http())
            .withApplicationRoot(jar -> jar.addClasses(Plain.class))
            .setApplicationName("without-grpc");

    @Subsystem
    static class Plain {
    }

    @ProdBuildResults
    ProdModeTestResults build;

    @TempDir
    Path directory;

    @Test
    void nothingOfGrpcIsLoaded() throws Exception {
        Path classes = directory.resolve("classes.txt");
        try (RunningJar application = RunningJar.start(build.getBuiltArtifactPath(), "-Xlog:class+load:file=" + classes)) {
            application.signal("TERM");
            assertThat(application.exitCode()).isEqualTo(143);
        }
        try (Stream<String> lines = Files.lines(classes)) {
            List<String> loaded = lines.filter(line -> line.contains("procdaemon.runtime.") || line.contains(" io.grpc."))
                    .toList();
            assertThat(loaded).isNotEmpty().noneMatch(line -> line.contains("grpc"));
        }
    }
}

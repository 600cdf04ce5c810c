package io.quarkiverse.procdaemon.extension.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import io.quarkus.test.common.PathTestHelper;

/** A native executable needs no reflection for what another extension contributes. */
@Tag("any-jdk")
class NativeContributionsTest {

    @Subsystem("journal")
    static class Journal {
    }

    @TempDir
    Path directory;

    @Test
    void noMetadataNamesThem() throws Exception {
        build();
        Path runner;
        try (Stream<Path> files = Files.walk(directory)) {
            runner = files.filter(file -> file.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
        }
        try (JarFile jar = new JarFile(runner.toFile())) {
            List<JarEntry> metadata = Collections.list(jar.entries()).stream().filter(entry -> entry.getName()
                    .matches("META-INF/native-image/.*(reflect-config|reachability-metadata)\\.json")).toList();
            assertThat(metadata).isNotEmpty();
            for (JarEntry entry : metadata) {
                assertThat(new String(jar.getInputStream(entry).readAllBytes())).as(entry.getName())
                        .doesNotContain("io.quarkiverse.procdaemon.extension");
            }
        }
    }

    private void build() throws Exception {
        Path classes = directory.resolve("classes");
        ShrinkWrap.create(JavaArchive.class).addClass(Journal.class).as(ExplodedExporter.class)
                .exportExplodedInto(Files.createDirectories(classes).toFile());
        Path tests = PathTestHelper.getTestClassesLocation(NativeContributionsTest.class);
        Properties properties = new Properties();
        properties.put("quarkus.native.enabled", "true");
        properties.put("quarkus.native.sources-only", "true");
        properties.put("quarkus.package.jar.enabled", "false");
        try (CuratedApplication built = QuarkusBootstrap.builder().setMode(QuarkusBootstrap.Mode.PROD)
                .setApplicationRoot(classes).setProjectRoot(tests).addExcludedPath(tests).setLocalProjectDiscovery(true)
                .setIsolateDeployment(true).setTargetDirectory(directory).setBaseName("native")
                .setBuildSystemProperties(properties).build().bootstrap()) {
            built.createAugmentor().createProductionApplication();
        }
    }
}

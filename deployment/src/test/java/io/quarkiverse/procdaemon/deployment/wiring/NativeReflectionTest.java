package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import io.quarkus.test.common.PathTestHelper;

/** A native executable needs no reflection to call the methods of subsystems. */
class NativeReflectionTest {

    @Subsystem
    static class Plain {
        @OnStart
        void open() {
        }

        @Run
        void run(ShutdownHandle shutdown) {
        }
    }

    @ApplicationScoped
    @Subsystem
    static class Scoped {
        @OnStop
        void close(SubsystemContext context) {
        }

        @Healthy
        boolean well() {
            return true;
        }
    }

    @TempDir
    Path directory;

    @Test
    void noMetadataNamesASubsystem() throws Exception {
        buildNativeSources();
        Map<String, String> metadata = metadata();
        assertThat(metadata).isNotEmpty();
        assertThat(metadata).allSatisfy((file, content) -> assertThat(content).as(file)
                .doesNotContain(NativeReflectionTest.class.getName(), "io.quarkiverse.procdaemon.runtime.wiring"));
    }

    private void buildNativeSources() throws Exception {
        Path classes = directory.resolve("classes");
        ShrinkWrap.create(JavaArchive.class).addClasses(Plain.class, Scoped.class).as(ExplodedExporter.class)
                .exportExplodedInto(Files.createDirectories(classes).toFile());
        Path tests = PathTestHelper.getTestClassesLocation(NativeReflectionTest.class);
        Properties properties = new Properties();
        properties.put("quarkus.native.enabled", "true");
        properties.put("quarkus.native.sources-only", "true");
        properties.put("quarkus.package.jar.enabled", "false");
        try (CuratedApplication application = QuarkusBootstrap.builder().setMode(QuarkusBootstrap.Mode.PROD)
                .setApplicationRoot(classes).setProjectRoot(tests).addExcludedPath(tests).setLocalProjectDiscovery(true)
                .setIsolateDeployment(true).setTargetDirectory(directory).setBaseName("native")
                .setBuildSystemProperties(properties).build().bootstrap()) {
            application.createAugmentor().createProductionApplication();
        }
    }

    private Map<String, String> metadata() throws IOException {
        Map<String, String> metadata = new HashMap<>();
        for (Path path : findRunners()) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (JarEntry entry : Collections.list(jar.entries())) {
                    if (entry.getName().matches("META-INF/native-image/.*(reflect-config|reachability-metadata)\\.json")) {
                        metadata.put(entry.getName(), new String(jar.getInputStream(entry).readAllBytes()));
                    }
                }
            }
        }
        return metadata;
    }

    private List<Path> findRunners() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner.jar")).toList();
        }
    }
}

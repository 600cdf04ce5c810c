package io.quarkiverse.procdaemon.deployment.wiring;

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

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.common.PathTestHelper;

/** What a native executable of an application would be made of, without a GraalVM. */
public final class NativeSources {

    private NativeSources() {
    }

    /** The metadata for reflection, by file. */
    public static Map<String, String> metadata(Path directory, List<Dependency> extensions, Class<?>... application)
            throws Exception {
        build(directory, extensions, application);
        Map<String, String> metadata = new HashMap<>();
        for (Path path : findRunners(directory)) {
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

    private static void build(Path directory, List<Dependency> extensions, Class<?>... application) throws Exception {
        Path classes = directory.resolve("classes");
        ShrinkWrap.create(JavaArchive.class).addClasses(application).as(ExplodedExporter.class)
                .exportExplodedInto(Files.createDirectories(classes).toFile());
        Path tests = PathTestHelper.getTestClassesLocation(NativeSources.class);
        Properties properties = new Properties();
        properties.put("quarkus.native.enabled", "true");
        properties.put("quarkus.native.sources-only", "true");
        properties.put("quarkus.package.jar.enabled", "false");
        try (CuratedApplication built = QuarkusBootstrap.builder().setMode(QuarkusBootstrap.Mode.PROD)
                .setApplicationRoot(classes).setProjectRoot(tests).addExcludedPath(tests).setLocalProjectDiscovery(true)
                .setIsolateDeployment(true).setTargetDirectory(directory).setBaseName("native")
                .setForcedDependencies(extensions).setBuildSystemProperties(properties).build().bootstrap()) {
            built.createAugmentor().createProductionApplication();
        }
    }

    private static List<Path> findRunners(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner.jar")).toList();
        }
    }
}

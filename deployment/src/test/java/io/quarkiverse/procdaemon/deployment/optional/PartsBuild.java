package io.quarkiverse.procdaemon.deployment.optional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

import io.quarkiverse.procdaemon.deployment.wiring.WithoutApis;
import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import io.quarkus.test.common.PathTestHelper;

/** Builds an application for production, as {@code QuarkusProdModeTest} does, which builds one for a class of tests. */
final class PartsBuild {

    /** Without it Quarkus warns that there are two servers. */
    private static final String GRPC = "quarkus.grpc.server.use-separate-server=false";

    private PartsBuild() {
    }

    /** The jar to start. The application has these parts, and no other. */
    static Path of(Set<Part> parts, Path below) throws Exception {
        Path directory = Files.createTempDirectory(below, "build");
        Path classes = Files.createDirectory(directory.resolve("classes"));
        application(parts).as(ExplodedExporter.class).exportExplodedInto(classes.toFile());
        Path tests = PathTestHelper.getTestClassesLocation(PartsBuild.class);
        Path jar;
        try (CuratedApplication application = QuarkusBootstrap.builder().setApplicationRoot(classes)
                .setMode(QuarkusBootstrap.Mode.PROD).setLocalProjectDiscovery(true).setIsolateDeployment(true)
                .addExcludedPath(tests).setProjectRoot(tests).setTargetDirectory(directory.resolve("target"))
                .setForcedDependencies(parts.stream().map(Part::dependency).toList()).setBaseName("parts")
                .setBaseClassLoader(new WithoutApis(PartsBuild.class.getClassLoader())).build()
                .bootstrap()) {
            jar = application.createAugmentor().createProductionApplication().getJar().getPath();
        }
        assertThat(inLibraries(jar)).isEqualTo(parts);
        return jar;
    }

    private static JavaArchive application(Set<Part> parts) {
        JavaArchive jar = ShrinkWrap.create(JavaArchive.class)
                .addClasses(PartsApplication.Trace.class, PartsApplication.Settings.class, PartsApplication.Worker.class)
                .add(new StringAsset(parts.contains(Part.GRPC) ? GRPC : ""), "application.properties");
        parts.stream().flatMap(part -> part.classes().stream()).distinct().forEach(jar::addClass);
        return jar;
    }

    private static Set<Part> inLibraries(Path jar) throws Exception {
        try (Stream<Path> files = Files.list(jar.resolveSibling("lib").resolve("main"))) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            return Stream.of(Part.values())
                    .filter(part -> names.stream().anyMatch(name -> name.matches(".*\\." + part.dependency().getArtifactId()
                            + "-[0-9.]+\\.jar")))
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
        }
    }
}

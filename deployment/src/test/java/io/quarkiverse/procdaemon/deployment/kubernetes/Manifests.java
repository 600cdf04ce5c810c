package io.quarkiverse.procdaemon.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.deployment.wiring.WithoutApis;
import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.common.PathTestHelper;

/** A project with two subsystems, and the manifests that its build generates. */
final class Manifests {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String POM = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>acme</groupId>
              <artifactId>collector</artifactId>
              <version>1</version>
            </project>
            """;

    @Subsystem("journal")
    static class Journal {
        @OnStart
        void open() {
        }
    }

    @Subsystem(value = "ingest", dependsOn = Journal.class)
    static class Ingest {
        @OnStart
        void bind() {
        }
    }

    private final Path project;
    private final Properties properties = new Properties();
    private final List<Dependency> extensions = new ArrayList<>();

    /** A project in a new directory. */
    Manifests(Path directory, String... extensions) throws Exception {
        project = Files.createTempDirectory(directory, "project");
        Files.writeString(project.resolve("pom.xml"), POM);
        properties.setProperty("quarkus.application.name", "collector");
        properties.setProperty("quarkus.application.version", "1");
        this.extensions.addAll(Extensions.of(extensions));
    }

    Manifests with(String key, String value) {
        properties.setProperty(key, value);
        return this;
    }

    /** A manifest of the user. */
    Manifests with(String file, List<String> lines) throws Exception {
        Path directory = Files.createDirectories(project.resolve("src/main/kubernetes"));
        Files.write(directory.resolve(file), lines);
        return this;
    }

    /** Where the manifests are. */
    Path build() throws Exception {
        Path target = Files.createDirectory(project.resolve("target"));
        Path classes = Files.createDirectory(target.resolve("classes"));
        ShrinkWrap.create(JavaArchive.class).addClasses(Journal.class, Ingest.class).as(ExplodedExporter.class)
                .exportExplodedInto(classes.toFile());
        Path tests = PathTestHelper.getTestClassesLocation(Manifests.class);
        try (CuratedApplication application = QuarkusBootstrap.builder().setApplicationRoot(classes)
                .setMode(QuarkusBootstrap.Mode.PROD).setLocalProjectDiscovery(true).setIsolateDeployment(true)
                .addExcludedPath(tests).setProjectRoot(tests).setTargetDirectory(target)
                .setForcedDependencies(extensions).setBaseName("collector").setBuildSystemProperties(properties)
                .setBaseClassLoader(new WithoutApis(Manifests.class.getClassLoader())).build().bootstrap()) {
            application.createAugmentor().createProductionApplication();
        }
        return target.resolve("kubernetes");
    }

    /** As plain data: of YAML, or of a model. */
    static JsonNode tree(Object of) throws Exception {
        return YAML.readTree(of instanceof String text ? text : YAML.writeValueAsString(of));
    }

    /** The only one of its kind in a file. The model of the API knows every field of it. */
    static <T extends HasMetadata> T read(Path file, Class<T> type) throws Exception {
        T found = null;
        for (String document : Files.readString(file).split("(?m)^---$")) {
            JsonNode tree = document.isBlank() ? YAML.createObjectNode() : YAML.readTree(document);
            if (tree.path("kind").asText().equals(type.getSimpleName())) {
                assertThat(found).isNull();
                found = YAML.treeToValue(tree, type);
                assertThat(unknown(found)).isEmpty();
            }
        }
        assertThat(found).as(type.getSimpleName()).isNotNull();
        return found;
    }

    /** What the models have put aside because it is no field of theirs. */
    private static List<String> unknown(HasMetadata resource) throws Exception {
        List<String> unknown = new ArrayList<>();
        collect(resource, unknown);
        return unknown;
    }

    private static void collect(Object model, List<String> unknown) throws Exception {
        if (model instanceof Iterable<?> many) {
            for (Object one : many) {
                collect(one, unknown);
            }
        } else if (model != null && model.getClass().getName().startsWith("io.fabric8.")) {
            for (var method : model.getClass().getMethods()) {
                if (method.getParameterCount() == 0 && method.getName().equals("getAdditionalProperties")) {
                    ((Map<?, ?>) method.invoke(model)).keySet()
                            .forEach(key -> unknown.add(model.getClass() + " " + key));
                } else if (method.getParameterCount() == 0 && method.getName().startsWith("get")
                        && !method.getDeclaringClass().equals(Object.class)) {
                    collect(method.invoke(model), unknown);
                }
            }
        }
    }
}

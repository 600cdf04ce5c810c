package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.jandex.DotName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.reload.RestartKeys;
import io.quarkus.arc.Unremovable;
import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.BuildContext;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;

/** What the build knows of who reads which keys. */
@Tag("any-jdk")
class CollectedKeysTest {

    private static final String FINDINGS = "what-the-build-found.properties";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Base.class, Properties.class, Nested.class, Mappings.class, One.class,
                    Both.class, Plain.class, Unused.class, Rootless.class, Everything.class, Old.class, None.class, All.class))
            .overrideRuntimeConfigKey("one.number", "1")
            .overrideRuntimeConfigKey("both.number", "2")
            .overrideRuntimeConfigKey("plain.number", "3")
            .overrideRuntimeConfigKey("other.number", "4")
            .overrideRuntimeConfigKey("given", "5")
            .overrideRuntimeConfigKey(Properties.class.getCanonicalName() + ".unnamed", "6")
            .overrideRuntimeConfigKey("old.number", "7")
            .overrideRuntimeConfigKey("root.number", "8")
            .addBuildChainCustomizer(CollectedKeysTest::watch);

    private static void watch(BuildChainBuilder chain) {
        chain.addBuildStep(CollectedKeysTest::tell).consumes(ConfigReadersBuildItem.class)
                .produces(GeneratedResourceBuildItem.class).build();
    }

    // Handed over as text, since the tests run with another class loader.
    private static void tell(BuildContext build) {
        ConfigReadersBuildItem live = build.consume(ConfigReadersBuildItem.class);
        RestartKeys keys = live.restartKeys();
        String found = "names=" + String.join(",", keys.names())
                + "\nprefixes=" + String.join(",", keys.prefixes())
                + "\nlive=" + live.mappings().stream().map(mapping -> mapping.type().getSimpleName() + ":" + mapping.prefix())
                        .collect(Collectors.joining(","))
                + Stream.of(Nested.class, None.class, All.class).map(type -> "\n" + type.getSimpleName() + "="
                        + String.join(",", live.prefixes(DotName.createSimple(type.getName())))).collect(Collectors.joining());
        build.produce(new GeneratedResourceBuildItem(FINDINGS, found.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static List<String> found(String what) throws IOException {
        java.util.Properties found = new java.util.Properties();
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(FINDINGS)) {
            found.load(in);
        }
        return List.of(found.getProperty(what).split(","));
    }

    @ConfigMapping(prefix = "one")
    interface One {
        int number();
    }

    @ConfigMapping(prefix = "both")
    interface Both {
        int number();
    }

    @ConfigMapping(prefix = "plain")
    interface Plain {
        int number();
    }

    @ConfigMapping(prefix = "unused")
    interface Unused {
        int number();
    }

    @ConfigMapping
    interface Rootless {
        @WithName("root.number")
        int number();

        @WithName("roots")
        Optional<List<String>> names();
    }

    @ConfigMapping
    interface Everything {
        @WithParentName
        Map<String, String> all();
    }

    @ConfigProperties(prefix = "old")
    public static class Old {
        public int number;
    }

    static class Base {
        @Inject
        LiveConfig<Both> both;
    }

    @Unremovable
    @Singleton
    static class Properties {
        @ConfigProperty
        int unnamed;

        @ConfigProperty(name = "given")
        int given;

        @ConfigProperty(name = "list")
        Optional<List<String>> list;

        @ConfigProperty(name = "map")
        Optional<Map<String, String>> map;

        @ConfigProperty(name = "provided")
        Provider<String> provided;

        @ConfigProperty(name = "looked.up")
        Instance<String> lookedUp;

        @ConfigProperty(name = "supplied")
        Supplier<String> supplied;

        Properties(@ConfigProperty(name = "parameter", defaultValue = "7") int parameter) {
        }
    }

    @Unremovable
    @Singleton
    static class Mappings {
        @Inject
        Plain plain;

        @Inject
        DaemonConfig ours;

        @Inject
        Instance<Both> both;

        @Inject
        @ConfigMapping(prefix = "other")
        Plain other;

        @Inject
        @ConfigProperties
        Old old;
    }

    @Subsystem
    static class Nested extends Base {
        Nested(LiveConfig<One> one, Instance<LiveConfig<Rootless>> rootless) {
        }
    }

    @Subsystem
    static class None {
    }

    @Subsystem
    static class All {
        @Inject
        LiveConfig<One> one;

        @Inject
        LiveConfig<Everything> everything;
    }

    @Test
    void whatIsInjectedForGoodNeedsARestart() throws IOException {
        assertThat(found("names")).contains("given", "list", "parameter", Properties.class.getCanonicalName() + ".unnamed",
                "plain.number", "other.number", "both.number")
                .doesNotContain("map", "provided", "looked.up", "supplied", "one.number", "unused.number", "root.number")
                .noneMatch(name -> name.startsWith("quarkus."));
        assertThat(found("prefixes")).contains("map", "old")
                .doesNotContain("", "one", "root", "roots", "unused", "quarkus.proc-daemon");
    }

    @Test
    void everyLiveMappingIsKnownWithItsPrefix() throws IOException {
        assertThat(found("live")).containsExactly("Both:both", "Everything:", "One:one", "Rootless:");
    }

    @Test
    void aSubsystemIsConcernedByWhatItInjectsItself() throws IOException {
        assertThat(found("Nested")).containsExactly("both", "one", "root", "roots");
        assertThat(found("None")).as("one that injects none").containsExactly("");
        assertThat(found("All")).as("one that reads every key").containsExactly("");
    }
}

package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.jandex.DotName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.runtime.reload.LiveMapping;
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
class CollectedKeysTest {

    private static volatile LiveMappingsBuildItem live;
    private static volatile RestartKeys restart;

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
        chain.addBuildStep(CollectedKeysTest::read).consumes(LiveMappingsBuildItem.class).consumes(RestartKeysBuildItem.class)
                .produces(GeneratedResourceBuildItem.class).build();
    }

    private static void read(BuildContext build) {
        live = build.consume(LiveMappingsBuildItem.class);
        restart = build.consume(RestartKeysBuildItem.class).keys();
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
        Instance<Both> both;

        @ConfigMapping(prefix = "other")
        Plain other;

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
    void allThatIsInjectedForGoodNeedsARestart() {
        assertThat(restart.names()).contains("given", "list", "parameter", Properties.class.getCanonicalName() + ".unnamed")
                .doesNotContain("map", "provided", "looked.up", "supplied");
        assertThat(restart.prefixes()).contains("plain", "other", "both", "map", "old")
                .doesNotContain("", "one", "root", "roots", "unused");
    }

    @Test
    void everyLiveMappingIsKnownWithItsPrefix() {
        assertThat(live.mappings()).extracting(LiveMapping::type).extracting(Class::getName).containsExactly(
                Both.class.getName(), Everything.class.getName(), One.class.getName(), Rootless.class.getName());
        assertThat(live.mappings()).extracting(LiveMapping::prefix).containsExactly("both", "", "one", "");
    }

    @Test
    void aSubsystemIsConcernedByWhatItInjectsItself() {
        assertThat(live.prefixes(DotName.createSimple(Nested.class))).containsExactly("both", "one", "root", "roots");
        assertThat(live.prefixes(DotName.createSimple(None.class))).isEmpty();
        assertThat(live.prefixes(DotName.createSimple(All.class))).as("one that reads every key").isEmpty();
    }

    @Test
    void theKeysCanBeAskedFor() {
        assertThat(Set.of("given", "list[0]", "map.a", "plain.number", "quarkus.http.port")).allMatch(restart::contains);
        assertThat(Set.of("one.number", "supplied", "givens", "quarkus.log.level")).noneMatch(restart::contains);
    }
}

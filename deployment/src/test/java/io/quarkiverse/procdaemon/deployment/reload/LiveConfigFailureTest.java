package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;

/** One build with each way to ask for a mapping that there is not: all are reported, with what else is wrong. */
@Tag("any-jdk")
class LiveConfigFailureTest {

    private static final String HERE = LiveConfigFailureTest.class.getName() + "$";
    private static final String NO_MAPPING = " does not name a mapping; inject a LiveConfig<X>, where X is an interface annotated with "
            + "@ConfigMapping";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(
                    jar -> jar.addClasses(Config.class, Plain.class, Ingest.class, Observer.class, Generic.class, Tuning.class))
            .assertException(thrown -> assertThat(thrown).asInstanceOf(type(InvalidConfigurationException.class))
                    .satisfies(LiveConfigFailureTest::check));

    private static void check(InvalidConfigurationException failure) {
        assertThat(failure).hasMessageStartingWith("PD-1001: the declaration of the subsystems has 10 problems:\n  - ");
        assertThat(failure.problems()).containsExactlyInAnyOrder(
                HERE + "Ingest: 'bad name' is not a legal name for a subsystem; use letters, digits, '-', '_' and '.'",
                HERE + "Ingest.plain: there is no LiveConfig of " + HERE + "Plain, which is not annotated with @ConfigMapping; "
                        + "annotate it, or inject the LiveConfig of the mapping that it is a part of",
                HERE + "Ingest.raw: " + LiveConfig.class.getName() + NO_MAPPING,
                HERE + "Ingest.instance: " + LiveConfig.class.getName() + "<?>" + NO_MAPPING,
                "parameter lists of " + HERE + "Ingest(LiveConfig): " + LiveConfig.class.getName()
                        + "<java.util.List<java.lang.String>>" + NO_MAPPING,
                HERE + "Ingest.foreign: there is no LiveConfig of " + Test.class.getName() + ", whose class is not indexed: "
                        + "add an empty META-INF/beans.xml to its jar, or index that with quarkus.index-dependency",
                HERE + "Ingest.tuning: there is no LiveConfig of " + HERE + "Tuning, which is a class; make it an interface, "
                        + "since Quarkus maps configuration to nothing else",
                HERE + "Ingest.elsewhere: @ConfigMapping has no effect on a LiveConfig, whose prefix is that of the mapping "
                        + "itself; remove it here, and set the prefix where the mapping is declared",
                "parameter config of " + HERE + "Observer.start(StartupEvent, LiveConfig): " + LiveConfig.class.getName()
                        + "<? "
                        + "extends " + HERE + "Config>" + NO_MAPPING,
                HERE + "Generic.config: " + LiveConfig.class.getName() + "<T>" + NO_MAPPING);
    }

    @Test
    void doesNotGetHere() {
        fail("the build should have failed");
    }

    @ConfigMapping(prefix = "config")
    interface Config {
        Plain plain();
    }

    interface Plain {
        int number();
    }

    @ConfigMapping(prefix = "tuning")
    public static class Tuning {
        public int depth;
    }

    @SuppressWarnings("rawtypes")
    @Subsystem("bad name")
    static class Ingest {
        @Inject
        LiveConfig<Plain> plain;

        @Inject
        LiveConfig raw;

        @Inject
        Instance<LiveConfig<?>> instance;

        @Inject
        LiveConfig<Test> foreign;

        @Inject
        LiveConfig<Tuning> tuning;

        @Inject
        @ConfigMapping(prefix = "elsewhere")
        LiveConfig<Config> elsewhere;

        Ingest(LiveConfig<List<String>> lists) {
        }
    }

    @Singleton
    static class Observer {
        void start(@Observes StartupEvent event, LiveConfig<? extends Config> config) {
        }
    }

    @Dependent
    static class Generic<T> {
        @Inject
        LiveConfig<T> config;
    }
}

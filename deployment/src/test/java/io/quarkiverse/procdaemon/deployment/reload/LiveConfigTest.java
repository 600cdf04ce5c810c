package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Each way to inject a mapping that follows reloads, in an application that injects none of them as itself. */
class LiveConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Ingest.class, IngestConfig.class, Base.class, BaseConfig.class,
                    Watcher.class, ObservedConfig.class, ProducedConfig.class, Size.class, LookedUpConfig.class))
            .overrideRuntimeConfigKey("ingest.port", "7071")
            .overrideRuntimeConfigKey("ingest.limits.line", "80")
            .overrideRuntimeConfigKey("base.name", "below")
            .overrideRuntimeConfigKey("observed.pause", "3s")
            .overrideRuntimeConfigKey("produced.size", "12")
            .overrideRuntimeConfigKey("looked-up.here", "yes");

    @ConfigMapping(prefix = "ingest")
    interface IngestConfig {
        int port();

        Limits limits();

        interface Limits {
            int line();

            @WithDefault("10")
            int clients();
        }
    }

    @ConfigMapping(prefix = "base")
    public interface BaseConfig {
        String name();
    }

    @ConfigMapping(prefix = "observed")
    private interface ObservedConfig {
        Duration pause();
    }

    @ConfigMapping(prefix = "produced")
    interface ProducedConfig {
        int size();
    }

    @ConfigMapping(prefix = "looked-up")
    interface LookedUpConfig {
        Optional<Boolean> here();
    }

    abstract static class Base<T> {
        @Inject
        LiveConfig<T> inherited;
    }

    @Subsystem
    static class Ingest extends Base<BaseConfig> {

        private final LiveConfig<IngestConfig> config;

        Ingest(LiveConfig<IngestConfig> config) {
            this.config = config;
        }

        @OnReload
        void reload() {
        }
    }

    record Size(int value) {
    }

    @Singleton
    static class Watcher {

        private Duration pause;

        void watch(@Observes StartupEvent event, LiveConfig<ObservedConfig> config) {
            pause = config.get().pause();
        }

        @Produces
        @Dependent
        Size size(LiveConfig<ProducedConfig> config) {
            return new Size(config.get().size());
        }
    }

    @Inject
    Ingest ingest;

    @Inject
    Watcher watcher;

    @Inject
    Size size;

    @Inject
    Instance<LiveConfig<LookedUpConfig>> instance;

    @Inject
    Provider<LiveConfig<LookedUpConfig>> provider;

    @Test
    void aConstructorParameter() {
        assertThat(ingest.config.get().port()).isEqualTo(7071);
        assertThat(ingest.config.get().limits().line()).isEqualTo(80);
        assertThat(ingest.config.get().limits().clients()).isEqualTo(10);
        assertThat(ingest.config.epoch()).isEqualTo(1);
    }

    @Test
    void aFieldOfAGenericSuperclass() {
        assertThat(ingest.inherited.get().name()).isEqualTo("below");
    }

    @Test
    void aParameterOfAnObserver() {
        assertThat(watcher.pause).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aParameterOfAProducer() {
        assertThat(size.value()).isEqualTo(12);
    }

    @Test
    void somethingToLookItUpWith() {
        assertThat(instance.get().get().here()).contains(true);
        assertThat(provider.get()).isSameAs(instance.get());
    }
}

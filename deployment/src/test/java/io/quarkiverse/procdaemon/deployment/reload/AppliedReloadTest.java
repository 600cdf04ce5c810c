package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.ConfigSnapshot;
import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.event.ConfigReloadRejected;
import io.quarkiverse.procdaemon.event.ConfigReloaded;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Everything live changes together; all subsystems concerned are asked before, and observers are notified after. */
class AppliedReloadTest {

    private static final ConfigFile FILE = ConfigFile.of("AppliedReloadTest", "lines.max=10", "lines.name=first",
            "other.size=1", "plain.key=a",
            "looked.up=x");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(jar -> jar.addClasses(ConfigFile.class, Lines.class, Other.class, Reader.class, Stranger.class,
                    Everyone.class,
                    Ears.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h");

    @ConfigMapping(prefix = "lines")
    interface Lines {

        int max();

        String name();
    }

    @ConfigMapping(prefix = "other")
    interface Other {

        @WithDefault("7")
        int size();
    }

    @Subsystem("reader")
    static class Reader {

        static final List<String> ASKED = new CopyOnWriteArrayList<>();

        @Inject
        LiveConfig<Lines> lines;

        @OnReload
        void reload(ConfigChange change) {
            ASKED.add("reader " + change.epoch() + " " + change.changed() + " " + change.affects("lines") + " "
                    + change.affects("line") + " " + change.previous(Lines.class).max() + " -> "
                    + change.next(Lines.class).max() + ", live " + lines.get().max());
        }
    }

    @Subsystem(value = "stranger", dependsOn = Reader.class)
    static class Stranger {

        @Inject
        LiveConfig<Other> other;

        @OnReload
        void reload() {
            Reader.ASKED.add("stranger");
        }
    }

    @Subsystem(value = "everyone", dependsOn = Stranger.class)
    static class Everyone {

        @OnReload
        void reload() {
            Reader.ASKED.add("everyone");
        }
    }

    @Singleton
    static class Ears {

        static final List<Object> HEARD = new CopyOnWriteArrayList<>();

        void applied(@Observes ConfigReloaded event) {
            HEARD.add(event);
        }

        void rejected(@Observes ConfigReloadRejected event) {
            HEARD.add(event);
        }
    }

    @Inject
    Daemon daemon;
    @Inject
    LiveConfig<Lines> lines;
    @Inject
    LiveConfig<Other> other;
    @Inject
    Config config;
    @Inject
    @ConfigProperty(name = "plain.key")
    String plain;
    @Inject
    @ConfigProperty(name = "looked.up")
    Provider<String> provider;
    @Inject
    @ConfigProperty(name = "looked.up")
    Supplier<String> supplier;
    @Inject
    @ConfigProperty(name = "looked.up")
    Instance<String> instance;

    @Test
    void everythingLiveIsNew() throws Exception {
        Lines before = lines.get();
        ConfigSnapshot first = lines.snapshot();
        assertThat(lines.epoch()).isEqualTo(1);
        assertThat(reload().status()).isEqualTo(Status.UNCHANGED);

        FILE.write("lines.max=20", "lines.name=second", "plain.key=b", "looked.up=y", "added.key=1");
        ReloadResult result = reload();

        assertThat(result).isEqualTo(new ReloadResult(Status.APPLIED, 2,
                Set.of("added.key", "lines.max", "lines.name", "looked.up", "other.size", "plain.key"),
                Set.of("plain.key"), List.of()));
        assertThat(lines.epoch()).isEqualTo(2);
        assertThat(lines.get().max()).isEqualTo(20);
        assertThat(lines.get().name()).isEqualTo("second");
        assertThat(other.get().size()).isEqualTo(7);
        assertThat(lines.snapshot().get(Lines.class)).isSameAs(lines.get());
        assertThat(lines.snapshot().get(Other.class)).isSameAs(other.get());
        assertThat(provider.get()).isEqualTo("y");
        assertThat(supplier.get()).isEqualTo("y");
        assertThat(instance.get()).isEqualTo("y");
        assertThat(config.getValue("added.key", int.class)).isEqualTo(1);
        assertThat(config.getOptionalValue("other.size", int.class)).contains(7);
        assertThat(config.getPropertyNames()).contains("added.key");
        assertThat(plain).isEqualTo("a");

        assertThat(before.max()).isEqualTo(10);
        assertThat(first.epoch()).isEqualTo(1);
        assertThat(first.get(Lines.class)).isSameAs(before);
        assertThat(Reader.ASKED).containsExactly("reader 2 [added.key, lines.max, lines.name, looked.up, other.size, plain.key]"
                + " true false 10 -> 20, live 10", "stranger", "everyone");
        Reader.ASKED.clear();

        FILE.write("lines.max=20", "lines.name=second", "plain.key=b", "looked.up=z", "added.key=1");
        ReloadResult third = reload();

        assertThat(third).isEqualTo(new ReloadResult(Status.APPLIED, 3, Set.of("looked.up"), Set.of(), List.of(), List.of(),
                Set.of("plain.key")));
        assertThat(Reader.ASKED).containsExactly("everyone");
        Awaitility.await().until(() -> Ears.HEARD.size() >= 2);
        assertThat(Ears.HEARD).satisfiesExactly(
                event -> assertThat((ConfigReloaded) event).returns(2L, ConfigReloaded::epoch)
                        .returns(result.changed(), ConfigReloaded::changed)
                        .returns(result.requiresRestart(), ConfigReloaded::requiresRestart),
                event -> assertThat((ConfigReloaded) event).returns(3L, ConfigReloaded::epoch));
    }

    private ReloadResult reload() throws Exception {
        return daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}

package io.quarkiverse.procdaemon.bench.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.bench.Engines;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig.ReloadConfig;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;
import io.quarkiverse.procdaemon.runtime.reload.ExtensionSettings;
import io.quarkiverse.procdaemon.runtime.reload.HotReload;
import io.quarkiverse.procdaemon.runtime.reload.LiveMapping;
import io.quarkiverse.procdaemon.runtime.reload.LiveState;
import io.quarkiverse.procdaemon.runtime.reload.RestartKeys;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.quarkus.runtime.generated.RunTimeConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** A daemon whose subsystems all want to be asked, with a file of many keys. */
final class ReloadingDaemon implements AutoCloseable {

    private final Path file;
    private final int keys;
    private final SystemTimer timer = new SystemTimer("bench-timer");
    private final Engine engine;
    private final HotReload reload;
    private final LiveConfig<Keys> config;

    ReloadingDaemon(int keys, int subsystems, boolean watching) throws IOException {
        this.keys = keys;
        file = Files.createTempDirectory("bench").resolve("bench.properties");
        System.setProperty(RunTimeConfig.FILE, file.toString());
        write(0);
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        AbstractConfigBuilder.withCustomizer(builder, RunTimeConfig.class.getName());
        SmallRyeConfig running = builder.build();
        reload = new HotReload(running, new Settings(), List.of(new LiveMapping(Keys.class, "bench")),
                new RestartKeys(Set.of(), Set.of()), Map.of(), new NoRules());
        config = LiveState.of(running).config(Keys.class);
        engine = Engines.make(timer, IntStream.range(0, subsystems).mapToObj(i -> new SubsystemSpec("s" + i, List.of(),
                new Behavior(null, null, null, null, change -> null), SubsystemSettings.DEFAULT)).toList());
        reload.serve(engine);
        engine.start();
        reload.begin(watching);
    }

    LiveConfig<Keys> config() {
        return config;
    }

    HotReload reload() {
        return reload;
    }

    /** Changes one key, at once. */
    void write(long number) throws IOException {
        StringBuilder text = new StringBuilder("bench.number=").append(number).append('\n');
        for (int i = 1; i < keys; i++) {
            text.append("bench.others.key-").append(i).append("=value ").append(i).append('\n');
        }
        Path next = file.resolveSibling("next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        reload.end();
        Engines.stop(engine);
        timer.close();
    }

    private static final class NoRules implements ExtensionSettings {

        @Override
        public List<ConfigProblem> problems(SmallRyeConfig some) {
            return List.of();
        }

        @Override
        public Object of(SmallRyeConfig some) {
            return this;
        }

        @Override
        public void inForce(Object rules) {
            // There are none.
        }
    }

    private static final class Settings implements ReloadConfig {

        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public Optional<List<Path>> files() {
            return Optional.empty();
        }

        @Override
        public Duration debounce() {
            return ReloadLatency.DEBOUNCE;
        }

        @Override
        public Duration pollInterval() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public List<String> secretNames() {
            return List.of();
        }
    }
}

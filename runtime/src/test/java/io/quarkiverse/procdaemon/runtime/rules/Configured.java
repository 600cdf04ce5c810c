package io.quarkiverse.procdaemon.runtime.rules;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** A configuration as an application has it, and what is wrong with it. */
final class Configured {

    static final Set<String> SUBSYSTEMS = Set.of("ingest", "journal", "line.feed");
    static final Set<String> SIGNALS = Set.of("TERM", "INT", "HUP");

    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    static Configured with(String key, String value) {
        return new Configured().and(key, value);
    }

    Configured and(String key, String value) {
        keys.put(key, value);
        return this;
    }

    Configured environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    private SmallRyeConfigBuilder builder() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultInterceptors().withMapping(DaemonConfig.class)
                .withProfile("prod").withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(keys, "test", 100), new EnvConfigSource(environment, 300));
        // As Quarkus does for its own.
        builder.withMappingIgnore("quarkus.**");
        return builder;
    }

    /** Read as an application reads it; throws if that cannot be done. */
    SmallRyeConfig read() {
        return new ReadableValues().configBuilder(builder()).build();
    }

    /** Read with nothing that stands in for what is wrong. */
    SmallRyeConfig readAsItIs() {
        return builder().build();
    }

    List<String> problems() {
        return new KeyCheck(read(), SUBSYSTEMS, SUBSYSTEMS::contains,
                (name, action) -> SIGNALS.contains(name) ? null : "no such signal").problems().stream()
                .map(ConfigProblem::reason).toList();
    }
}

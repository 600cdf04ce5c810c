package io.quarkiverse.procdaemon.runtime.reload.toml;

import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Adds the sources in TOML to a configuration. */
public class TomlConfigBuilder implements ConfigBuilder {

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withSources(new TomlFiles()).withSources(new TomlLocations());
    }
}

package io.quarkiverse.procdaemon.runtime.reload.yaml;

import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Gives a configuration the rule for its files in YAML. */
public class YamlConfigBuilder implements ConfigBuilder {

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withSources(new YamlRule());
    }
}

package io.quarkiverse.procdaemon.runtime.rules;

import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Makes a configuration one that can be read whatever is wrong with the values of this extension's keys. */
public class ReadableValuesBuilder implements ConfigBuilder {

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withInterceptors(new ReadableValues());
    }
}

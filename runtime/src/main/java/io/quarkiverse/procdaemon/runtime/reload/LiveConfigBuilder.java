package io.quarkiverse.procdaemon.runtime.reload;

import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Makes a configuration one whose sources can be replaced while it is in use. */
public class LiveConfigBuilder implements ConfigBuilder {

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        LiveState state = new LiveState();
        return builder.withInterceptors(new LiveSources(state)).withSources(state);
    }
}

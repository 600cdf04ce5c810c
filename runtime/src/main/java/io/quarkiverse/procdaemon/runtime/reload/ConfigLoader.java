package io.quarkiverse.procdaemon.runtime.reload;

import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Reads the whole configuration again as Quarkus reads it when the application starts: all sources, profiles, converters,
 * interceptors and mappings. What would fail a start fails the reload. Nothing of the running configuration is touched.
 */
final class ConfigLoader {

    /** What the build generates to make the configuration of the run. */
    private static final String GENERATED = "io.quarkus.runtime.generated.RunTimeConfig";
    /** What Quarkus keeps values in that come up while the application starts, such as ports. */
    static final String VALUE_REGISTRY = "ValueRegistryConfigSource";

    private final SmallRyeConfig running;
    private final ClassLoader loader;

    /** @param loader the application's */
    ConfigLoader(SmallRyeConfig running, ClassLoader loader) {
        this.running = running;
        this.loader = loader;
    }

    /** @throws RuntimeException if it cannot be read or is not valid, of whatever kind */
    SmallRyeConfig read() {
        return inLoader(true);
    }

    /** The same with the mapping of this extension alone, so what else is in the sources need not be valid. */
    SmallRyeConfig readSources() {
        return inLoader(false);
    }

    private SmallRyeConfig inLoader(boolean validated) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            SmallRyeConfigBuilder builder = builder();
            if (!validated) {
                builder.withCustomizers(new WithoutOtherMappings());
            }
            return builder.build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Comes after all that add some. */
    private static final class WithoutOtherMappings implements SmallRyeConfigBuilderCustomizer {

        @Override
        public void configBuilder(SmallRyeConfigBuilder builder) {
            builder.getMappingsBuilder().getMappings().removeIf(mapping -> mapping.getType() != DaemonConfig.class);
            builder.getMappingsBuilder().getMappingsInstances().clear();
        }

        @Override
        public int priority() {
            return Integer.MAX_VALUE;
        }
    }

    private SmallRyeConfigBuilder builder() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        running.getConfigSource(VALUE_REGISTRY).ifPresent(builder::withSources);
        AbstractConfigBuilder.withCustomizer(builder, GENERATED);
        return builder;
    }
}

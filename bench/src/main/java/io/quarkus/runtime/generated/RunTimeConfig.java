package io.quarkus.runtime.generated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import io.quarkiverse.procdaemon.bench.reload.Keys;
import io.quarkiverse.procdaemon.runtime.reload.LiveConfigBuilder;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/** The configuration of the benchmarks: one file, and one mapping of all that is in it. */
public final class RunTimeConfig implements SmallRyeConfigBuilderCustomizer {

    /** The system property that names the file. */
    public static final String FILE = "bench.reload.file";

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        try {
            new LiveConfigBuilder().configBuilder(builder.forClassLoader(getClass().getClassLoader()).addDefaultInterceptors()
                    .withSources(new PropertiesConfigSource(Path.of(System.getProperty(FILE)).toUri().toURL()))
                    .withMapping(Keys.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.quarkiverse.procdaemon.runtime.reload;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.procdaemon.ConfigSnapshot;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkus.arc.BeanCreator;
import io.quarkus.arc.SyntheticCreationalContext;
import io.smallrye.config.SmallRyeConfig;

/** Makes the bean of one {@link LiveConfig}. */
public class LiveConfigCreator implements BeanCreator<LiveConfig<?>> {

    /** The parameter that holds the class of the mapping. */
    public static final String MAPPING = "mapping";

    /** The parameter that holds the prefix of the mapping. */
    public static final String PREFIX = "prefix";

    @Override
    public LiveConfig<?> create(SyntheticCreationalContext<LiveConfig<?>> context) {
        return new Fixed<>((Class<?>) context.getParams().get(MAPPING), (String) context.getParams().get(PREFIX));
    }

    /** The configuration of the start, until there is one that follows. */
    private record Fixed<T>(Class<T> mapping, String prefix) implements LiveConfig<T> {

        @Override
        public T get() {
            return ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(mapping, prefix);
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public ConfigSnapshot snapshot() {
            throw new UnsupportedOperationException("there are no snapshots yet");
        }
    }
}

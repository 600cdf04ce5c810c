package io.quarkiverse.procdaemon.runtime.reload;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkus.arc.BeanCreator;
import io.quarkus.arc.SyntheticCreationalContext;
import io.smallrye.config.SmallRyeConfig;

/** Makes the {@link LiveConfig} of the mapping that the parameter {@link #MAPPING} is the interface of. */
public final class LiveConfigCreator implements BeanCreator<LiveConfig<?>> {

    /** The parameter that holds the interface. */
    public static final String MAPPING = "mapping";

    /** The parameter that holds the prefix of the mapping. */
    public static final String PREFIX = "prefix";

    @Override
    public LiveConfig<?> create(SyntheticCreationalContext<LiveConfig<?>> context) {
        return LiveState.of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class))
                .config((Class<?>) context.getParams().get(MAPPING));
    }
}

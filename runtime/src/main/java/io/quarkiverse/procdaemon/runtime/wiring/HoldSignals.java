package io.quarkiverse.procdaemon.runtime.wiring;

import io.quarkiverse.procdaemon.runtime.signal.HeldHangup;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;

/** A configuration is the first thing that an application makes, so this is where code of an extension comes first. */
public class HoldSignals implements ConfigBuilder {

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        if (LaunchMode.current() == LaunchMode.NORMAL && ImageMode.current() != ImageMode.NATIVE_BUILD) {
            HeldHangup.hold();
        }
        return builder;
    }
}

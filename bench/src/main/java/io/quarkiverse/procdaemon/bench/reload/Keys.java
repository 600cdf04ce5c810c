package io.quarkiverse.procdaemon.bench.reload;

import java.util.Map;

import io.smallrye.config.ConfigMapping;

/** As many keys as one likes. */
@ConfigMapping(prefix = "bench")
public interface Keys {

    /** What every change changes. */
    long number();

    /** The others. */
    Map<String, String> others();
}

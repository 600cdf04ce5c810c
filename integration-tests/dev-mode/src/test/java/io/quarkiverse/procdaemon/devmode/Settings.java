package io.quarkiverse.procdaemon.devmode;

import io.smallrye.config.ConfigMapping;

@ConfigMapping(prefix = "poller")
public interface Settings {

    String text();
}

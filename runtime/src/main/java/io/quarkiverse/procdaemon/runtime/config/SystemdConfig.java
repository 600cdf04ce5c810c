package io.quarkiverse.procdaemon.runtime.config;

import io.smallrye.config.WithDefault;

/** Messages to systemd. */
public interface SystemdConfig {

    /**
     * Whether the daemon tells systemd that it is ready, reloading or stopping, what is wrong, and that it is alive.
     * {@code auto}: if systemd started it as a service that wants to know, so that the environment variable
     * {@code NOTIFY_SOCKET} is set; {@code true}: always, and without that variable the start fails; {@code false}: never. In
     * dev mode and tests it never does.
     */
    @WithDefault("auto")
    Use enabled();

    /** Whether the daemon talks to systemd. */
    enum Use {
        /** If systemd started it as a service that wants to know. */
        AUTO,
        /** Always; without {@code NOTIFY_SOCKET} the start fails. */
        TRUE,
        /** Never, whatever started it. */
        FALSE
    }
}

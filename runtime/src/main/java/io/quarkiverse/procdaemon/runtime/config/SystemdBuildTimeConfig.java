package io.quarkiverse.procdaemon.runtime.config;

import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.smallrye.config.WithDefault;

/** What the build does for systemd. */
public interface SystemdBuildTimeConfig {

    /** The unit file that the build generates. */
    UnitConfig unit();

    /** The unit file that the build generates. */
    interface UnitConfig {

        /**
         * Whether a build for production writes the unit file {@code proc-daemon/NAME.service} to its output directory.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * The type of the service. {@code notify-reload} needs systemd 253 or later, which alone sends the signal for a reload
         * and waits for it.
         */
        @WithDefault("notify")
        UnitType type();

        /**
         * The user that the service runs as, who has to exist.
         */
        @ConfigDocDefault("one that systemd allocates while the service runs: DynamicUser=yes")
        Optional<String> user();

        /**
         * Directives of the unit that replace the generated ones of the same name, or are added. Those of the section
         * {@code [Service]} by their name, as in {@code directives."Nice"=5}; others with that of their section, as in
         * {@code directives."Unit.After"=postgresql.service}.
         */
        @ConfigDocDefault("none")
        @ConfigDocMapKey("directive")
        Map<String, String> directives();
    }

    /** The type of the service. */
    enum UnitType {
        /** The service says when it is ready, and a command of the unit sends the signal for a reload. */
        NOTIFY,
        /** The same, but systemd itself sends that signal: since systemd 253. */
        NOTIFY_RELOAD
    }
}

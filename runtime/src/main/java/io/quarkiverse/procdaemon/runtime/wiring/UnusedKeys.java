package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.config.ControlConfig;

/** Keys that are set but have no effect, because of how the application was built. */
final class UnusedKeys {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");
    private static final String CONTROL = "quarkus.proc-daemon.control.";

    private UnusedKeys() {
    }

    /** @param hasControl whether the application was built with a control socket */
    static void warn(ControlConfig control, boolean hasControl) {
        warning(control, hasControl).ifPresent(LOG::warn);
    }

    static Optional<String> warning(ControlConfig control, boolean hasControl) {
        if (hasControl || control.socket().isEmpty() && control.allowedUsers().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(CONTROL + (control.socket().isPresent() ? "socket" : "allowed-users")
                + " has no effect, because the application was built without a control socket; build it with " + CONTROL
                + "enabled=true, or remove the key");
    }
}

package io.quarkiverse.procdaemon.runtime.wiring;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/** How an application is kept from starting. */
final class StartFailure {

    private StartFailure() {
    }

    /**
     * What to throw. In production it is the one exception of which Quarkus prints the message alone, without a stack trace
     * that would bury it; in dev mode and tests it is the error itself.
     */
    static RuntimeException of(DaemonException error) {
        return LaunchMode.current() == LaunchMode.NORMAL ? new ConfigurationException(error.getMessage()) : error;
    }
}

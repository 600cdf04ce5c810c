package io.quarkiverse.procdaemon.runtime.config;

/** What a signal does. */
public enum SignalAction {
    /** Shuts down the daemon gracefully; a second signal ends the graceful phase, a third one kills the process. */
    SHUTDOWN,
    /** Reloads the configuration. */
    RELOAD,
    /** Does nothing. */
    IGNORE,
    /** Leaves the signal to the JVM. */
    NONE
}

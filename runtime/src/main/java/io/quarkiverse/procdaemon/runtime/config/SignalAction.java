package io.quarkiverse.procdaemon.runtime.config;

/** What a signal does. */
public enum SignalAction {
    /** It ends the daemon in order; a second one ends the graceful time, a third one kills. */
    SHUTDOWN,
    /** The configuration is read anew. */
    RELOAD,
    /** Nothing. */
    IGNORE,
    /** What it does to a JVM without this extension. */
    NONE
}

package io.quarkiverse.procdaemon.runtime.config;

/** What a signal does. */
public enum SignalAction {
    /** Shuts down the daemon gracefully; a second signal ends the graceful phase, a third one kills the process. */
    SHUTDOWN,
    /** Reloads the configuration. */
    RELOAD,
    /** Writes a thread dump to a file. */
    DUMP,
    /** Takes the daemon out of rotation. */
    DRAIN,
    /** Undoes {@link #DRAIN}. */
    RESUME,
    /** Fires {@link io.quarkiverse.procdaemon.event.DaemonSignal} and does nothing else. */
    EVENT,
    /** Does nothing but what every action does: fires the event. */
    IGNORE,
    /** Leaves the signal to the JVM; no event is fired. */
    NONE
}

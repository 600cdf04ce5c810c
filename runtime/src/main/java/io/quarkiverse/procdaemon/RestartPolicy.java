package io.quarkiverse.procdaemon;

/** When a subsystem is restarted after its run has ended. */
public enum RestartPolicy {
    /** Never: a failure is final. */
    NEVER,
    /** After a failure (it threw, or hung), not after a normal return. The default. */
    ON_FAILURE,
    /** After a failure, and after a normal return of its body when no stop was requested. */
    ALWAYS
}

package io.quarkiverse.procdaemon;

/** When a subsystem whose run has ended is started again. */
public enum RestartPolicy {
    /** Never: a failure is final. */
    NEVER,
    /** After a failure (it threw, or hung), not after a normal return. The default. */
    ON_FAILURE,
    /** After a failure and after a normal return of its body that nobody asked for. */
    ALWAYS
}

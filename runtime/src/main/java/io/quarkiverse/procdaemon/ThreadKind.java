package io.quarkiverse.procdaemon;

/** The kind of thread on which the methods of a subsystem are called. */
public enum ThreadKind {
    /** Virtual where the JVM has virtual threads (21 and later), else platform. The default. */
    AUTO,
    /** Virtual; fails on a JVM that has none. */
    VIRTUAL,
    /** Platform: for bodies that compute for long without blocking, or pin their carrier thread. */
    PLATFORM
}

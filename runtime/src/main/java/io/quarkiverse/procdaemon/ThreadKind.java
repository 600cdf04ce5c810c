package io.quarkiverse.procdaemon;

/** The kind of thread that a subsystem's methods are called on. */
public enum ThreadKind {
    /** Virtual where the JVM has virtual threads (21 and later), else platform. The default. */
    AUTO,
    /** Virtual; an error on a JVM that has none. */
    VIRTUAL,
    /** Platform: for bodies that pin, or compute for long. */
    PLATFORM
}

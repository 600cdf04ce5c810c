package io.quarkiverse.procdaemon;

/** The area that an error belongs to. */
public enum ErrorCategory {
    /** Configuration or declarations. */
    CONFIG,
    /** Signal handlers. */
    SIGNAL,
    /** Shutting down the process. */
    SHUTDOWN,
    /** The code of a subsystem. */
    SUBSYSTEM,
    /** Files and sockets of the daemon itself. */
    IO,
    /** Memory, CPU, threads, file descriptors. */
    RESOURCE,
    /** Something took too long. */
    TIMEOUT,
    /** A call that is not possible in the current state. */
    STATE,
    /** Something that this JVM or operating system does not support. */
    PLATFORM
}

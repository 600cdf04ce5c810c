package io.quarkiverse.procdaemon;

/** What kind of thing went wrong. */
public enum ErrorCategory {
    /** Configuration or declarations. */
    CONFIG,
    /** Signal handlers. */
    SIGNAL,
    /** Ending the process. */
    SHUTDOWN,
    /** The code of a subsystem. */
    SUBSYSTEM,
    /** Files and sockets of the daemon itself. */
    IO,
    /** Memory, processor, threads, file descriptors. */
    RESOURCE,
    /** Something took too long. */
    TIMEOUT,
    /** A call that makes no sense now. */
    STATE,
    /** Something this JVM or operating system cannot do. */
    PLATFORM
}

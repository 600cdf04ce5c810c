package io.quarkiverse.procdaemon.collector.hooks;

/** What may go wrong where a test says so. */
enum Fault {
    /** It throws instead of doing anything. */
    FAIL,
    /** It throws after it has done everything. */
    FAIL_AFTERWARDS,
    /** It waits for a writer of the pipe, then does what it always does. */
    DELAY,
    /** It waits for ever instead of doing anything, and heeds an interrupt. */
    WAIT,
    /** It waits for ever instead of doing anything, and ignores interrupts. */
    IGNORE_INTERRUPTS,
    /** It is stuck in a call of the system that no interrupt ends, instead of doing anything. */
    BLOCK,
    /** It computes for ever and looks at nothing. */
    SPIN,
    /** It logs for ever and looks at nothing. */
    FLOOD,
    /** It calls {@code System.exit(3)}. */
    EXIT,
    /** It calls {@code Quarkus.blockingExit()}. */
    BLOCKING_EXIT,
    /** It calls {@code Daemon.shutdown(7)}, waits for ever and heeds an interrupt. */
    SHUTDOWN,
    /** It holds a lock for ever. */
    HOLD_LOCK,
    /** It wants the lock that {@link #HOLD_LOCK} holds. */
    TAKE_LOCK,
    /** It takes two locks, the other way round than the second one that does so. */
    DEADLOCK,
    /** It fills the heap, throws, and keeps nothing of it. */
    OUT_OF_MEMORY,
    /** It fills the heap to the last byte, throws, and keeps all of it. */
    EXHAUST_HEAP
}

package io.quarkiverse.procdaemon.collector.hooks;

/** What a test can make go wrong. */
enum Fault {
    /** It throws instead of doing anything. */
    FAIL,
    /** It throws after it has done everything. */
    FAIL_AFTERWARDS,
    /** It waits for a writer of the pipe, then does what it always does. */
    DELAY,
    /** It waits until it is interrupted, instead of doing anything. */
    WAIT,
    /** It waits for ever instead of doing anything, and ignores interrupts. */
    IGNORE_INTERRUPTS,
    /** It is stuck in a system call that no interrupt ends, instead of doing anything. */
    BLOCK,
    /** It computes for ever and ignores interrupts. */
    SPIN,
    /** It logs for ever and ignores interrupts. */
    FLOOD,
    /** It calls {@code System.exit(3)}. */
    EXIT,
    /** It calls {@code Quarkus.blockingExit()}. */
    BLOCKING_EXIT,
    /** It calls {@code Daemon.shutdown(7)} and waits until it is interrupted. */
    SHUTDOWN,
    /** It holds a lock for ever. */
    HOLD_LOCK,
    /** It wants the lock that {@link #HOLD_LOCK} holds. */
    TAKE_LOCK,
    /** It takes two locks, the other way round than the second one that does so. */
    DEADLOCK,
    /** It keeps some more memory each time, and makes garbage, then does what it always does. */
    LEAK,
    /** It makes much garbage, some of which lives for a while, then does what it always does. */
    LITTER,
    /** It forgets what leaked, then does what it always does. */
    FORGET,
    /** It fills the heap, throws, and keeps nothing of it. */
    OUT_OF_MEMORY,
    /** It fills the heap to the last byte, throws, and keeps all of it. */
    EXHAUST_HEAP
}

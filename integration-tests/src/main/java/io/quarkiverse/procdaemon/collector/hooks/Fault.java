package io.quarkiverse.procdaemon.collector.hooks;

/** What may go wrong in a method. */
enum Fault {
    /** It throws instead of doing anything. */
    FAIL,
    /** It throws after it has done everything. */
    FAIL_AFTERWARDS,
    /** It waits for ever instead of doing anything, and heeds an interrupt. */
    WAIT,
    /** It waits for ever instead of doing anything, and ignores interrupts. */
    IGNORE_INTERRUPTS,
    /** It is stuck in a call of the system that no interrupt ends, instead of doing anything. */
    BLOCK
}

package io.quarkiverse.procdaemon.runtime.engine.supervision;

/** Looks after one run while it is RUNNING. */
@FunctionalInterface
interface Watch {

    /** Looks no more. Called in the mailbox. */
    void cancel();
}

package io.quarkiverse.procdaemon.intake;

/** A way for work to get in from outside of the subsystems. */
interface WayIn {

    String name();

    /** Sends a piece of work in; returns whether it was handled. */
    boolean admits() throws Exception;
}

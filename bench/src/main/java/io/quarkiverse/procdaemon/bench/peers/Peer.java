package io.quarkiverse.procdaemon.bench.peers;

/** Services that are started and stopped once. */
interface Peer {

    /** Starts all, and waits until it is known that they run. */
    void start() throws Exception;

    /** Tells all bodies to end and waits until they have. */
    void stop() throws Exception;

    /** Gives back what is left after the stop. */
    default void close() throws Exception {
    }
}

package io.quarkiverse.procdaemon.bench.lifecycle;

/** Something with n bodies that is started and stopped once. */
interface Subject {

    /** Starts all; those that wait until all run do so. */
    void start() throws Exception;

    /** Ends all bodies and waits until they have ended. */
    void stop() throws Exception;

    /** Only begins to stop. */
    default void shutdown() {
        throw new UnsupportedOperationException("only the engine has a shutdown");
    }

    /** Gives back what is left after the stop. */
    default void close() throws Exception {
    }
}

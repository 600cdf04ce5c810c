package io.quarkiverse.procdaemon;

/**
 * A piece of work in flight, begun with {@link SubsystemContext#begin()}; a stop waits for it. Use it in a try-with-resources
 * statement, or close it on another thread.
 */
public interface Work extends AutoCloseable {

    /** Ends the work. Only the first call has an effect. */
    @Override
    void close();
}

package io.quarkiverse.procdaemon;

/**
 * A piece of work in flight, begun with {@link SubsystemContext#begin()}: stopping waits for its end. For a
 * try-with-resources statement; may be closed on another thread than the one that began it.
 */
public interface Work extends AutoCloseable {

    /** The work is done. Only the first call counts. */
    @Override
    void close();
}

package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

/** Where the threads of a run say that they are done. */
@FunctionalInterface
public interface Reports {

    /**
     * Called on any thread, once for each phase of each run that was begun.
     *
     * @param generation the run
     * @param phase what has ended
     * @param failure what was thrown, or null
     */
    void ended(Generation generation, Phase phase, Throwable failure);
}

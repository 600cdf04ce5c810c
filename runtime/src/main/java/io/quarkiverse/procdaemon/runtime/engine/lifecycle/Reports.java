package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

/** Where the threads of a run say that they are done. */
public interface Reports {

    /**
     * Called on any thread, once for each phase of each run that was begun; for {@link Phase#WORK} whenever a run that was told
     * to end has none left.
     *
     * @param generation the run
     * @param phase what has ended
     * @param failure what was thrown, or null
     */
    void ended(Generation generation, Phase phase, Throwable failure);

    /** Called on any thread when work that others do for a run has failed. */
    void errandFailed(Generation generation, Throwable cause);
}

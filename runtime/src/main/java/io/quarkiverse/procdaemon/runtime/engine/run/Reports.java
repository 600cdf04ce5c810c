package io.quarkiverse.procdaemon.runtime.engine.run;

import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;

/** Where the threads of a run say that they are done. */
public interface Reports {

    /**
     * Called on the event loop before a phase begins, so that its end can be reported even where there is no memory left.
     *
     * @param generation the run
     * @param phase what begins
     * @return to be told of its end
     */
    Report begins(Generation generation, Phase phase);

    /** Called on any thread whenever a run that was told to end has no work left that others do for it. */
    void drained(Generation generation);

    /**
     * Called on any thread when work that others do for a run, or one of its {@code onShutdown} actions, has failed.
     *
     * @param known called on the event loop when that is known there
     */
    void errandFailed(Generation generation, Phase phase, Thrown cause, Runnable known);

    /** Where one phase of one run says that it is done. */
    @FunctionalInterface
    interface Report {

        /**
         * Called on any thread. The first call counts: a stage that is not the JDK's may complete more than once.
         *
         * @param failure what was thrown, or null
         */
        void ended(Thrown failure);
    }
}

package io.quarkiverse.procdaemon.runtime.engine.run;

/** What a thread of a run does. */
public enum Phase {
    /** {@code @OnStart}. */
    START("its start"),
    /** {@code @Run}. */
    RUN("its body"),
    /** {@code @OnReload}, beside the body. */
    RELOAD("its onReload"),
    /** The actions registered with {@code onShutdown}. */
    SHUTDOWN_ACTIONS("its onShutdown actions"),
    /** One of the tasks begun with {@code fork}, beside the body. */
    FORKED("a task that it forked"),
    /** {@code fail} was called. */
    REPORTED("its call of fail()"),
    /** The pieces of work in flight, all together. */
    WORK("its work in flight"),
    /** {@code @OnStop}. */
    STOP("its clean-up");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** As in {@code hangs in its body}. */
    @Override
    public String toString() {
        return words;
    }
}

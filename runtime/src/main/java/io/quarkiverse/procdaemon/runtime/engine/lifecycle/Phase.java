package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

/** What a thread of a run does. */
public enum Phase {
    /** {@code @OnStart}. */
    START,
    /** {@code @Run}. */
    RUN,
    /** The actions registered with {@code onShutdown}. */
    SHUTDOWN_ACTIONS,
    /** The pieces of work in flight, all together. */
    WORK,
    /** {@code @OnStop}. */
    STOP
}

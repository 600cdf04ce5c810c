package io.quarkiverse.procdaemon.bench.engine;

import io.quarkiverse.procdaemon.SubsystemContext;

/** What a subsystem does while it is RUNNING. */
@FunctionalInterface
public interface Body {

    /** Waits until it is asked to stop, and returns. */
    Body WAITING = SubsystemContext::await;

    /** Called on the subsystem's thread; returns when it has stopped. */
    void run(SubsystemContext context) throws Exception;
}

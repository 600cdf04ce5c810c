package io.quarkiverse.procdaemon.runtime.engine.listen;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** Hears of every transition. What it throws is logged. */
@FunctionalInterface
public interface SubsystemListener {

    /** Called for one event after the other, in order. */
    void onEvent(SubsystemEvent event);

    /** Called, in order with the events, when a subsystem is registered while the daemon is there. */
    default void registered(String subsystem) {
    }

    /** Called, in order with the events, when a subsystem is there no more: no event of it follows. */
    default void unregistered(String subsystem) {
    }
}

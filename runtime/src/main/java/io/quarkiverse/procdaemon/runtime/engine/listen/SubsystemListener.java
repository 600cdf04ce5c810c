package io.quarkiverse.procdaemon.runtime.engine.listen;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** Hears of every transition. */
@FunctionalInterface
public interface SubsystemListener {

    /** Called for one event after the other, in order; what it throws is logged. */
    void onEvent(SubsystemEvent event);

    /** A subsystem has been added while the daemon exists; called in the order of the events, before its first one. */
    default void registered(String subsystem) {
    }

    /** A subsystem has been taken away while the daemon exists; called in the order of the events, after its last one. */
    default void unregistered(String subsystem) {
    }
}

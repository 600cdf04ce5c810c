package io.quarkiverse.procdaemon.runtime.engine.listen;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** Hears of every transition. */
@FunctionalInterface
public interface SubsystemListener {

    /** Called for one event after the other, in order; what it throws is logged. */
    void onEvent(SubsystemEvent event);
}

package io.quarkiverse.procdaemon.runtime.engine.run;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.Dispatcher;

/** Numbers the events of all subsystems. An event nobody would hear is counted, not made. */
public final class Events {

    private final Dispatcher dispatcher;
    private long sequence;

    /** @param dispatcher tells the listeners */
    public Events(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Takes the next number. True if somebody listens: then {@link #send} must follow, with {@link #sequence()}. */
    boolean next() {
        sequence++;
        return dispatcher.isListening();
    }

    long sequence() {
        return sequence;
    }

    void send(SubsystemEvent event) {
        dispatcher.dispatch(event);
    }

    void send(SubsystemEvent.Failed event, Throwable thrown) {
        dispatcher.dispatch(event, thrown);
    }
}

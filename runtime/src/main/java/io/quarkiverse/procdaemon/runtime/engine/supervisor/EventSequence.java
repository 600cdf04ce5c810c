package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventSink;

/** Numbers the events of all subsystems. An event nobody would hear is counted, not made. Confined to the event loop. */
final class EventSequence {

    private final EventSink sink;
    private long number;

    EventSequence(EventSink sink) {
        this.sink = sink;
    }

    /** Takes the next number. True if somebody listens: then {@link #send} must follow, with {@link #number()}. */
    boolean next() {
        number++;
        return sink.isListening();
    }

    long number() {
        return number;
    }

    void send(SubsystemEvent event) {
        sink.send(event);
    }

    void send(SubsystemEvent.Failed event, Throwable thrown) {
        sink.send(event, thrown);
    }
}

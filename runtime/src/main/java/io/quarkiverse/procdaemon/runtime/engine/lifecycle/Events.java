package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import java.time.Instant;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.listen.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

/** Numbers the events of all subsystems. An event nobody would hear is counted, not made. */
public final class Events {

    private final Dispatcher dispatcher;
    private final Ticker ticker;
    private long sequence;

    /** @param ticker dates the events */
    public Events(Dispatcher dispatcher, Ticker ticker) {
        this.dispatcher = dispatcher;
        this.ticker = ticker;
    }

    Instant now() {
        return ticker.now();
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
}

package io.quarkiverse.procdaemon.runtime.engine.events;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** Where events go. Called on the event loop; queues and returns at once. */
public interface EventSink {

    /**
     * Takes the next number for an event. An event without a listener is counted, but not created.
     *
     * @return true if somebody listens: then {@code send} must follow, with {@link #number()}
     */
    boolean takeNumber();

    /** The number that was taken last. */
    long number();

    /** Something has happened. */
    void send(SubsystemEvent event);

    /** The same for a failure, with what may be handed on of it to those who log it. */
    void send(SubsystemEvent.Failed event, Throwable thrown);

    /** A subsystem has been registered. */
    void registered(String subsystem);

    /** A subsystem has been unregistered. */
    void unregistered(String subsystem);
}

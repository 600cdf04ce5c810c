package io.quarkiverse.procdaemon.runtime.engine.events;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** Where events go. Called on the event loop; queues and returns at once. */
public interface EventSink {

    /** Whether anybody would hear an event, so that it is worth making one. */
    boolean isListening();

    /** Something has happened. */
    void send(SubsystemEvent event);

    /** The same for a failure, with what may be handed on of it to those who log it. */
    void send(SubsystemEvent.Failed event, Throwable thrown);

    /** A subsystem has been registered. */
    void registered(String subsystem);

    /** A subsystem has been unregistered. */
    void unregistered(String subsystem);
}

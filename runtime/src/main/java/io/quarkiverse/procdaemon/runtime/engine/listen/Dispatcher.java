package io.quarkiverse.procdaemon.runtime.engine.listen;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.thread.Threads;

/** Hands each event to every listener and subscriber, each on a thread of its own. */
public final class Dispatcher {

    private final Channel[] channels;
    private final Subscribers subscribers;

    /** @param listeners hear every event */
    public Dispatcher(List<SubsystemListener> listeners, Threads threads) {
        channels = listeners.stream().map(listener -> new Channel(listener, threads)).toArray(Channel[]::new);
        subscribers = new Subscribers(threads);
    }

    /** Whether anybody would hear an event, so that it is worth making one. */
    public boolean isListening() {
        return channels.length > 0 || subscribers.any();
    }

    /** Queues an event for all; returns at once. Called by one thread at a time. */
    public void dispatch(SubsystemEvent event) {
        for (Channel channel : channels) {
            channel.send(event);
        }
        subscribers.send(event);
    }

    /** Tells the listeners that there is one more; returns at once. Called by one thread at a time. */
    public void registered(String subsystem) {
        tell(listener -> listener.registered(subsystem));
    }

    /** Tells the listeners that there is one less; returns at once. Called by one thread at a time. */
    public void unregistered(String subsystem) {
        tell(listener -> listener.unregistered(subsystem));
    }

    private void tell(Consumer<SubsystemListener> news) {
        for (Channel channel : channels) {
            channel.tell(news);
        }
    }

    /** Where to subscribe. */
    public Flow.Publisher<SubsystemEvent> publisher() {
        return subscribers;
    }

    /**
     * Waits until the listeners have heard everything, and tells the subscribers that this was all.
     *
     * @param millis how long at most for each listener that is behind
     * @return whether all have
     */
    public boolean close(long millis) throws InterruptedException {
        subscribers.close();
        boolean heard = true;
        for (Channel channel : channels) {
            heard &= channel.awaitDelivery(millis);
        }
        return heard;
    }
}

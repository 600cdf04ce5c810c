package io.quarkiverse.procdaemon.runtime.engine.events;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** Hands each event to every listener and subscriber, each on a thread of its own. */
public final class EventBus implements EventSink {

    private static final long NOT_YET = 0;

    /** Confined to the event loop. */
    private long number;

    private final List<DaemonListener> ours;
    private final Channel[] channels;
    private final Subscribers subscribers;
    /** Open when every channel has delivered all there was when this was closed. */
    private final CountDownLatch heard;
    /** Until when to wait for it, on {@link System#nanoTime}. */
    private final AtomicLong closing = new AtomicLong(NOT_YET);

    /** Where no text holds a secret. */
    public EventBus(List<SubsystemListener> listeners, Threads threads) {
        this(listeners, threads, UnaryOperator.identity());
    }

    /**
     * @param listeners hear every event
     * @param mask takes the secrets out of what they throw
     */
    public EventBus(List<SubsystemListener> listeners, Threads threads, UnaryOperator<String> mask) {
        ours = listeners.stream().filter(DaemonListener.class::isInstance).map(DaemonListener.class::cast).toList();
        channels = listeners.stream().map(listener -> new Channel(listener, threads, mask)).toArray(Channel[]::new);
        subscribers = new Subscribers(threads);
        heard = new CountDownLatch(channels.length);
    }

    /** Those of our own, for calls that do not wait until they have received the events still queued for them. */
    public List<DaemonListener> listeners() {
        return ours;
    }

    @Override
    public boolean takeNumber() {
        number++;
        return channels.length > 0 || subscribers.any();
    }

    @Override
    public long number() {
        return number;
    }

    /** Queues an event for all; returns at once. Called by one thread at a time. */
    @Override
    public void send(SubsystemEvent event) {
        for (Channel channel : channels) {
            channel.send(event);
        }
        subscribers.send(event);
    }

    /** The same for a failure, with what may be handed on of it to those who log it. */
    @Override
    public void send(SubsystemEvent.Failed event, Throwable thrown) {
        for (Channel channel : channels) {
            channel.send(event, thrown);
        }
        subscribers.send(event);
    }

    /** Tells the listeners that there is one more; returns at once. Called by one thread at a time. */
    @Override
    public void registered(String subsystem) {
        tell(new News.Registered(subsystem));
    }

    /** Tells the listeners that there is one less; returns at once. Called by one thread at a time. */
    @Override
    public void unregistered(String subsystem) {
        tell(new News.Unregistered(subsystem));
    }

    /** Tells the listeners something, in order with the events; returns at once. Called by one thread at a time. */
    public void tell(News news) {
        for (Channel channel : channels) {
            channel.tell(news);
        }
    }

    /** Where to subscribe. */
    public Flow.Publisher<SubsystemEvent> publisher() {
        return subscribers;
    }

    /**
     * Waits until the listeners have heard everything, and tells the subscribers that this was all. Who calls this later waits
     * for the same, and no longer than the first.
     *
     * @param atMost how long at most, all in all
     * @return whether all have
     */
    public boolean close(Duration atMost) {
        if (closing.compareAndSet(NOT_YET, System.nanoTime() + Durations.nanos(atMost) | 1)) {
            subscribers.close();
            for (Channel channel : channels) {
                channel.close(heard);
            }
        }
        return Uninterrupted.await(heard, closing.get() - System.nanoTime());
    }
}

package io.quarkiverse.procdaemon.runtime.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * The last events, one buffer for all clients: each reads at its own pace, and one that falls too far behind misses what is no
 * longer kept. Thread-safe.
 */
final class EventHistory {

    static final int KEPT = 1_000;

    private final Deque<SubsystemEvent> events = new ArrayDeque<>();
    private final Set<Wire> readers = new CopyOnWriteArraySet<>();

    void add(SubsystemEvent event) {
        synchronized (events) {
            if (events.size() == KEPT) {
                events.removeFirst();
            }
            events.addLast(event);
        }
        for (Wire reader : readers) {
            reader.wake();
        }
    }

    /** The number of the next event. */
    long next() {
        synchronized (events) {
            return events.isEmpty() ? 1 : events.getLast().sequence() + 1;
        }
    }

    /** At most so many events of those that are kept, beginning with that number. */
    List<SubsystemEvent> from(long sequence, int most) {
        List<SubsystemEvent> found = new ArrayList<>();
        synchronized (events) {
            if (next() <= sequence) {
                return found;
            }
            for (SubsystemEvent event : events) {
                if (event.sequence() >= sequence && found.size() < most) {
                    found.add(event);
                }
            }
        }
        return found;
    }

    /** Wakes it at each event, until {@link #remove}. */
    void wake(Wire reader) {
        readers.add(reader);
    }

    int readers() {
        return readers.size();
    }

    void remove(Wire reader) {
        readers.remove(reader);
    }
}

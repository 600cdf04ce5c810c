package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.util.Set;
import java.util.function.Supplier;

/** Hears of events in places. Used by one thread, but for {@link #close}. */
interface Lookout extends AutoCloseable {

    /** As long as it takes. */
    long FOREVER = Long.MAX_VALUE;

    /**
     * Watches places from now on, and no others any more.
     *
     * @param places where they are just now; asked again until it is the same as what is watched
     * @return whether nothing that happens there goes unheard
     */
    boolean watch(Supplier<Set<Place>> places);

    /**
     * Waits for an event; returns at once when this is closed.
     *
     * @param nanos how long at most, in nanoseconds
     * @return whether something has happened in one of the places
     */
    boolean await(long nanos) throws InterruptedException;

    /** Any thread. */
    @Override
    void close();
}

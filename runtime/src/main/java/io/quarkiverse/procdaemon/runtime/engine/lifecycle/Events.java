package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.listen.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;

/** Numbers the events of all subsystems. An event nobody would hear is counted, not made. */
public final class Events {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Dispatcher dispatcher;
    private final Ticker ticker;
    private long sequence;
    private long lookedAt;
    private long lookedAtNanos;
    private boolean looked;

    /** @param ticker dates the events */
    public Events(Dispatcher dispatcher, Ticker ticker) {
        this.dispatcher = dispatcher;
        this.ticker = ticker;
    }

    /**
     * When a moment of the ticker was that is now or has just been, in nanoseconds since the epoch. The wall clock costs more
     * than the ticker, so it is looked at once in a second, and followed when it is set.
     */
    long at(long nanos) {
        if (!looked || nanos - lookedAtNanos >= SECOND) {
            lookedAt = sinceEpoch(ticker.now());
            lookedAtNanos = nanos;
            looked = true;
        }
        return lookedAt + (nanos - lookedAtNanos);
    }

    long now() {
        return at(ticker.nanos());
    }

    /** As nanoseconds since the epoch, which are good until 2262. */
    static long sinceEpoch(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano();
    }

    /** The other way round. */
    static Instant instant(long sinceEpoch) {
        return Instant.EPOCH.plusNanos(sinceEpoch);
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

package io.quarkiverse.procdaemon.runtime.engine.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * Moments at which something is to be done. However many they are, a timer waits for the next one only. Confined to the event
 * loop.
 */
public final class Moments {

    private final Clock ticker;
    private final Timer timer;
    private final Executor loop;
    /** Linked now: the JVM may no longer be able to when the timer goes off. */
    private final Runnable await = this::await;
    private final List<Moment> coming = new ArrayList<>(4);
    private Timer.@Nullable Timeout timeout;

    /** @param loop where the steps are taken */
    public Moments(Clock ticker, Timer timer, Executor loop) {
        this.ticker = ticker;
        this.timer = timer;
        this.loop = loop;
    }

    private record Moment(long nanos, Runnable step) {
    }

    /** Adds a step, to be taken at that moment of the ticker or soon after it, once {@link #await()} has been called. */
    public void at(long nanos, Runnable step) {
        int place = coming.size();
        while (place > 0 && coming.get(place - 1).nanos - nanos > 0) {
            place--;
        }
        coming.add(place, new Moment(nanos, step));
    }

    /** Forgets all. */
    public void clear() {
        coming.clear();
        cancel();
    }

    /** Waits for the next from now on. To be called when all have been added. */
    public void await() {
        cancel();
        while (!coming.isEmpty()) {
            Deadline next = new Deadline(ticker, coming.get(0).nanos);
            if (!next.isExpired()) {
                timeout = timer.schedule(() -> loop.execute(await), next.remaining());
                return;
            }
            loop.execute(coming.remove(0).step);
        }
    }

    private void cancel() {
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
    }
}

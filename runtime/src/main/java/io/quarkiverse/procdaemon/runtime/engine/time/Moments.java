package io.quarkiverse.procdaemon.runtime.engine.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Moments at which something is to be done. However many they are, a timer waits for the next one only. Confined to the
 * mailbox.
 */
public final class Moments {

    private final Ticker ticker;
    private final Timer timer;
    private final Executor mailbox;
    private final List<Moment> coming = new ArrayList<>(4);
    private Timer.Timeout timeout;

    /** @param mailbox where the steps are taken */
    public Moments(Ticker ticker, Timer timer, Executor mailbox) {
        this.ticker = ticker;
        this.timer = timer;
        this.mailbox = mailbox;
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
                timeout = timer.schedule(() -> mailbox.execute(this::await), next.remaining());
                return;
            }
            mailbox.execute(coming.remove(0).step);
        }
    }

    private void cancel() {
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
    }
}

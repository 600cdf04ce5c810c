package io.quarkiverse.procdaemon.runtime.engine.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Moments at which something is to be done. However many they are, a timer waits for the next one only, and where they are
 * most likely cleared soon, not even for that at first. Confined to the event loop.
 */
public final class Moments {

    private final Clock ticker;
    private final Timer timer;
    private final Executor loop;
    /** Linked now: the JVM may no longer be able to when the timer goes off. */
    private final Runnable await = this::await;
    private final List<Moment> coming = new ArrayList<>(4);
    private Timer.Timeout timeout;
    /** Whether a timer is to be set, from {@code slackEnd} on. */
    private boolean owed;
    private long slackEnd;

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

    /**
     * Owes a timer: the next is waited for from the first {@link #review()} after its slack on, or from {@link #settle()} on.
     */
    public void awaitLater() {
        slackEnd = ticker.nanos() + timer.slack().toNanos();
        owed = true;
        review();
    }

    /** Sets the timer that is owed if its slack is over. */
    public void review() {
        if (owed && ticker.nanos() - slackEnd >= 0) {
            await();
        }
    }

    /** Sets the timer that is owed, if one is. */
    public void settle() {
        if (owed) {
            await();
        }
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
        owed = false;
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
    }
}

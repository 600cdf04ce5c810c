package io.quarkiverse.procdaemon.runtime.engine.sequence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Node;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Patience;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Supervisor;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * The stop of all subsystems against the moments of {@link ShutdownTimeouts}. Confined to the mailbox but for {@link #await}.
 */
public final class StopSequence {

    private final Supervisor supervisor;
    private final Ticker ticker;
    private final Timer timer;
    private final List<Timer.Timeout> pending = new ArrayList<>(2);
    private final CountDownLatch over = new CountDownLatch(1);
    private ShutdownTimeouts timeouts;

    /** A stop that has not begun. */
    public StopSequence(Supervisor supervisor, Ticker ticker, Timer timer) {
        this.supervisor = supervisor;
        this.ticker = ticker;
        this.timer = timer;
    }

    /** By what subsystems stop that do so alone, until this begins; any thread may call this. */
    public void prepare(ShutdownTimeouts moments) {
        supervisor.post(() -> {
            if (!hasBegun()) {
                supervisor.patience(Patience.alone(moments.grace()));
            }
        });
    }

    /** Whether it has begun. */
    public boolean hasBegun() {
        return timeouts != null;
    }

    /** Whether no subsystem is active any more; any thread may call this. */
    public boolean isOver() {
        return over.getCount() == 0;
    }

    /**
     * Stops everything; to be called once.
     *
     * @param moments when to lose patience
     * @param base from when they count, on the ticker
     */
    public void begin(ShutdownReason reason, ShutdownTimeouts moments, long base) {
        timeouts = moments;
        schedule(base);
        supervisor.stopAll(reason, Patience.together(gracefulEnd(base)));
    }

    /** Takes the graceful time for over, and counts what comes after from now. */
    public void hurry(long base) {
        supervisor.patience(Patience.together(gracefulEnd(base)));
        schedule(base);
    }

    /** Abandons whatever is left. */
    public void giveUp() {
        // Each by a message of its own: abandoning one lets those below it be told, and then they are abandoned, too.
        inStopOrder().forEach(node -> supervisor.post(() -> supervisor.abandon(node)));
    }

    private Deadline gracefulEnd(long base) {
        return new Deadline(ticker, base + timeouts.graceful().toNanos());
    }

    private void schedule(long base) {
        pending.forEach(Timer.Timeout::cancel);
        pending.clear();
        at(base, timeouts.graceful(), () -> inStopOrder().forEach(supervisor::force));
        at(base, timeouts.force(), () -> inStopOrder().forEach(supervisor::abandon));
    }

    private void at(long base, Duration moment, Runnable step) {
        if (isOver()) {
            return;
        }
        Duration delay = new Deadline(ticker, base + moment.toNanos()).remaining();
        if (delay.isZero()) {
            supervisor.post(step);
        } else {
            pending.add(timer.schedule(() -> supervisor.post(step), delay));
        }
    }

    private Iterable<Node> inStopOrder() {
        return supervisor.family().inStartOrder().reversed();
    }

    /** No subsystem is active any more. */
    public void allDown() {
        pending.forEach(Timer.Timeout::cancel);
        over.countDown();
    }

    /**
     * Waits for the end; any thread may call this.
     *
     * @return false if the time was up first
     */
    public boolean await(Duration atMost) throws InterruptedException {
        return over.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}

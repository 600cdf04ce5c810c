package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Node;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Patience;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Moments;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * The stop of all subsystems against the moments of {@link ShutdownTimeouts}. Confined to the event loop but for
 * {@link #await}.
 */
public final class StopSequence {

    private final Supervisor supervisor;
    private final Clock ticker;
    private final Moments moments;
    private final CountDownLatch over = new CountDownLatch(1);
    private ShutdownTimeouts timeouts;

    /**
     * A stop that has not begun.
     *
     * @param moments those of the whole shutdown; who made them waits for them
     */
    public StopSequence(Supervisor supervisor, Clock ticker, Moments moments) {
        this.supervisor = supervisor;
        this.ticker = ticker;
        this.moments = moments;
    }

    /** By what subsystems stop that do so alone, until this begins; any thread may call this. */
    public void prepare(ShutdownTimeouts next) {
        supervisor.post(() -> {
            if (!hasBegun()) {
                supervisor.patience(Patience.alone(next.grace()));
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
     * @param when when to lose patience
     * @param base from when they count, on the ticker
     */
    public void begin(ShutdownReason reason, ShutdownTimeouts when, long base) {
        timeouts = when;
        schedule(base);
        supervisor.stopAll(reason, Patience.together(gracefulEnd(base)));
    }

    /** Goes on by another base; the moments have been cleared. */
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
        return new Deadline(ticker, base + Nanos.of(timeouts.graceful()));
    }

    private void schedule(long base) {
        if (!isOver()) {
            moments.at(gracefulEnd(base).nanos(), () -> inStopOrder().forEach(supervisor::force));
            moments.at(base + Nanos.of(timeouts.force()), () -> inStopOrder().forEach(supervisor::abandon));
        }
    }

    private Iterable<Node> inStopOrder() {
        return supervisor.family().inStartOrder().reversed();
    }

    /** No subsystem is active any more. */
    public void allDown() {
        over.countDown();
    }

    /**
     * Waits for the end; any thread may call this.
     *
     * @return false if the time was up first
     */
    public boolean await(Duration atMost) throws InterruptedException {
        return over.await(Nanos.of(atMost), TimeUnit.NANOSECONDS);
    }
}

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
 * The stop of all subsystems against the three moments of {@link ShutdownTimeouts}. Confined to the mailbox but for
 * {@link #await}.
 */
public final class StopSequence {

    private final Supervisor supervisor;
    private final ShutdownTimeouts timeouts;
    private final Ticker ticker;
    private final Timer timer;
    private final List<Timer.Timeout> pending = new ArrayList<>(3);
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean begun;

    /** @param timeouts when to lose patience */
    public StopSequence(Supervisor supervisor, ShutdownTimeouts timeouts, Ticker ticker, Timer timer) {
        this.supervisor = supervisor;
        this.timeouts = timeouts;
        this.ticker = ticker;
        this.timer = timer;
    }

    /** Whether it has begun. */
    public boolean hasBegun() {
        return begun;
    }

    /** Stops everything, for the first reason given. */
    public void begin(ShutdownReason reason) {
        if (begun) {
            return;
        }
        begun = true;
        supervisor.stopAll(reason, Patience.together(Deadline.after(ticker, timeouts.graceful())));
        at(timeouts.graceful(), () -> inStopOrder().forEach(supervisor::force));
        at(timeouts.force(), () -> inStopOrder().forEach(supervisor::abandon));
        at(timeouts.kill(), this::abandonEach);
    }

    /** Each by a message of its own: abandoning one lets those below it be told, and then they are abandoned, too. */
    private void abandonEach() {
        inStopOrder().forEach(node -> supervisor.post(() -> supervisor.abandon(node)));
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

    private void at(Duration moment, Runnable step) {
        if (over.getCount() > 0) {
            pending.add(timer.schedule(() -> supervisor.post(step), moment));
        }
    }
}

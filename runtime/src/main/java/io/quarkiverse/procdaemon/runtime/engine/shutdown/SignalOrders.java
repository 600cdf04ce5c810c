package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport.Escalation;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;

/**
 * The orders to end that came as signals. One order may arrive several times, from the process group and from a wrapper: what
 * comes within a second of the last one that counted is the same. Any thread may call this.
 */
final class SignalOrders {

    private static final long SAME = Duration.ofSeconds(1).toNanos();

    private final Clock clock;
    private final List<Escalation> escalations = new CopyOnWriteArrayList<>();
    private int orders;
    private long last;

    SignalOrders(Clock clock) {
        this.clock = clock;
    }

    /** How many orders there have been; 0 if this one is the same as the last. */
    synchronized int count(ShutdownReason.Signal signal) {
        long now = clock.nanos();
        if (orders > 0 && now - last <= SAME) {
            return 0;
        }
        last = now;
        orders++;
        if (orders > 1) {
            escalations.add(new Escalation(signal, clock.now()));
        }
        return orders;
    }

    /** All but the first. */
    List<Escalation> escalations() {
        return List.copyOf(escalations);
    }
}

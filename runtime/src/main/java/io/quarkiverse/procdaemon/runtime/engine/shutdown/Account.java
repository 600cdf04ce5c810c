package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Node;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;

/**
 * What is known of a shutdown: who was there when it began, what has become of each, how long it took. Written on the event
 * loop,
 * read anywhere; {@code took} is written after {@code roll}, so who sees the one sees the other.
 */
final class Account {

    private final String daemon;
    private final Supervisor supervisor;
    private final Clock ticker;
    private final Supplier<Cause> cause;
    private final SignalOrders orders;
    private final Predicate<StackTraceElement[]> exits;
    private volatile RollCall roll;
    /** How long it took until all subsystems had ended; null before. */
    private volatile Duration took;
    private volatile ShutdownReport report;

    Account(String daemon, Supervisor supervisor, Clock ticker, Supplier<Cause> cause, SignalOrders orders,
            Predicate<StackTraceElement[]> exits) {
        this.daemon = daemon;
        this.supervisor = supervisor;
        this.ticker = ticker;
        this.cause = cause;
        this.orders = orders;
        this.exits = exits;
    }

    boolean isOpen() {
        return roll != null;
    }

    /** Notes who is there, and what each is. */
    void open() {
        supervisor.mark();
        roll = new RollCall(supervisor.family());
    }

    /** Notes who has come since. */
    void complete() {
        roll = roll.completed(supervisor.family());
    }

    void close() {
        took = sinceBegun();
    }

    boolean isClosed() {
        return took != null;
    }

    Duration sinceBegun() {
        return Duration.ofNanos(ticker.nanos() - cause.get().nanos());
    }

    /** Those that have not ended. */
    List<Node> active() {
        return roll.active();
    }

    /** How the shutdown went; null before its end. Made when it is asked for first. */
    ShutdownReport report() {
        if (!isClosed()) {
            return null;
        }
        synchronized (this) {
            if (report == null) {
                report = roll.awaitProbes(exits).report(daemon, cause.get(), took, false, orders.escalations());
            }
            return report;
        }
    }

    /** How it has gone so far, in a process that is to be killed. A supervisor that is stuck may not have called the roll. */
    ShutdownReport killed() {
        RollCall called = roll;
        return (called == null ? new RollCall(supervisor.family()) : called).report(daemon, cause.get(), sinceBegun(), true,
                orders.escalations());
    }
}

package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ManagedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.SubsystemRegistry;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;

/**
 * What is known of a shutdown: who was there when it began, what has become of each, how long it took. Written on the event
 * loop, read anywhere; {@code took} is written after {@code roll}, so who sees the one sees the other.
 */
final class ShutdownAccount {

    private final String daemon;
    private final SubsystemRegistry registry;
    private final Clock clock;
    private final FirstRequest request;
    private final SignalOrders orders;
    private final Predicate<StackTraceElement[]> exits;
    private volatile @Nullable ShutdownReportBuilder roll;
    /** How long it took until all subsystems had ended; null before. */
    private volatile @Nullable Duration took;
    private volatile @Nullable ShutdownReport report;

    ShutdownAccount(String daemon, SubsystemRegistry registry, Clock clock, FirstRequest request, SignalOrders orders,
            Predicate<StackTraceElement[]> exits) {
        this.daemon = daemon;
        this.registry = registry;
        this.clock = clock;
        this.request = request;
        this.orders = orders;
        this.exits = exits;
    }

    boolean isOpen() {
        return roll != null;
    }

    /** Notes who is there, and what each is. */
    void open() {
        roll = new ShutdownReportBuilder(registry);
    }

    /** Notes who has come since. */
    void complete() {
        roll = roll.completed(registry);
    }

    void close() {
        took = sinceBegun();
    }

    boolean isClosed() {
        return took != null;
    }

    Duration sinceBegun() {
        return Duration.ofNanos(clock.nanos() - request.get().nanos());
    }

    /** Those that have not ended. */
    List<ManagedSubsystem> active() {
        return roll.active();
    }

    /** How the shutdown went; null before its end. Made when it is asked for first. */
    @Nullable
    ShutdownReport report() {
        if (!isClosed()) {
            return null;
        }
        synchronized (this) {
            if (report == null) {
                report = roll.awaitProbes(exits).report(daemon, request.get(), took, false, orders.escalations());
            }
            return report;
        }
    }

    /** How it has gone so far, in a process that is to be killed. A supervisor that is stuck may not have called the roll. */
    ShutdownReport killed() {
        ShutdownReportBuilder called = roll;
        return (called == null ? new ShutdownReportBuilder(registry) : called).report(daemon, request.get(), sinceBegun(), true,
                orders.escalations());
    }
}

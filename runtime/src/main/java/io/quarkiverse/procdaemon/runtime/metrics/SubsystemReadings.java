package io.quarkiverse.procdaemon.runtime.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;

/**
 * What gauges read of the daemon, nothing before it is there. Takes no lock and calls no code of users, since registries may
 * call this at any time.
 */
final class SubsystemReadings {

    private volatile @Nullable DaemonInternals daemon;

    /** From now on there is something to read. */
    void of(DaemonInternals daemon) {
        this.daemon = daemon;
    }

    @Nullable
    DaemonInternals daemon() {
        return daemon;
    }

    Optional<SubsystemInfo> info(String subsystem) {
        DaemonInternals now = daemon;
        return now == null ? Optional.empty() : now.subsystem(subsystem);
    }

    boolean isIn(String subsystem, SubsystemState state) {
        return info(subsystem).filter(info -> info.state() == state).isPresent();
    }

    /** NaN for a subsystem that is not there. */
    double stateNumber(String subsystem) {
        return info(subsystem).map(info -> (double) number(info.state())).orElse(Double.NaN);
    }

    /** Users write rules with these numbers. */
    private static int number(SubsystemState state) {
        return switch (state) {
            case REGISTERED -> 0;
            case WAITING -> 1;
            case STARTING -> 2;
            case RUNNING -> 3;
            case STOPPING -> 4;
            case STOPPED -> 5;
            case RESTARTING -> 6;
            case FAILED -> 7;
        };
    }

    /** NaN if there is no limit. */
    double restartsLeft(String subsystem) {
        return info(subsystem).map(SubsystemInfo::restartsLeft).filter(OptionalInt::isPresent)
                .map(left -> (double) left.getAsInt()).orElse(Double.NaN);
    }

    /** In seconds since the epoch; NaN if there is none. */
    double nextAttempt(String subsystem) {
        return info(subsystem).flatMap(SubsystemInfo::nextAttempt).map(at -> at.toEpochMilli() / 1000.0).orElse(Double.NaN);
    }

    double workInFlight(String subsystem) {
        return info(subsystem).map(SubsystemInfo::inFlight).orElse(0);
    }

    double workInFlight() {
        DaemonInternals now = daemon;
        return now == null ? 0 : now.inFlight();
    }

    /** In seconds; NaN if the subsystem need not give a heartbeat. */
    double heartbeatAge(String subsystem) {
        DaemonInternals now = daemon;
        return now == null ? Double.NaN
                : now.heartbeatAge(subsystem).map(Duration::toMillis).map(millis -> millis / 1000.0).orElse(Double.NaN);
    }

    double count(Predicate<SubsystemInfo> which) {
        DaemonInternals now = daemon;
        return now == null ? 0 : now.subsystems().stream().filter(which).count();
    }

    /** As {@code /q/health/ready} says of the subsystems. */
    boolean isReady() {
        DaemonInternals now = daemon;
        return now != null && now.hasStarted() && now.state().compareTo(DaemonState.DRAINING) < 0
                && now.subsystems().stream().filter(SubsystemInfo::critical).allMatch(info -> info
                        .state() == SubsystemState.RUNNING && info.healthy() && info.reason().isEmpty());
    }
}

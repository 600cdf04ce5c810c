package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.ConfigReloadRejected;
import io.quarkiverse.procdaemon.event.ConfigReloaded;
import io.quarkiverse.procdaemon.event.DaemonSignal;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkus.arc.ArcContainer;

/**
 * Fires all events, results of reloads and the report of the shutdown as CDI events of their own types, as long as the
 * container runs.
 */
final class CdiEvents implements DaemonListener {

    private static final Failure FAILURE = new Failure("", "", "", SubsystemEvent.Phase.RUN, 0, Instant.EPOCH);

    private static final DaemonSignal SIGNAL = new DaemonSignal(0, "");

    /** One of each type, to look for observers. */
    private static final List<Record> TYPES = List.of(
            new SubsystemEvent.Waiting(0, "", 0, Instant.EPOCH, List.of()),
            new SubsystemEvent.Starting(0, "", 0, Instant.EPOCH),
            new SubsystemEvent.Started(0, "", 0, Instant.EPOCH, Duration.ZERO),
            new SubsystemEvent.Failed(0, "", 0, Instant.EPOCH, FAILURE),
            new SubsystemEvent.Restarting(0, "", 0, Instant.EPOCH, Duration.ZERO, 0),
            new SubsystemEvent.GaveUp(0, "", 0, Instant.EPOCH, FAILURE, ""),
            new SubsystemEvent.Stopping(0, "", 0, Instant.EPOCH, new ShutdownReason.Stop()),
            new SubsystemEvent.Stopped(0, "", 0, Instant.EPOCH, Duration.ZERO),
            new SubsystemEvent.StopTimedOut(0, "", 0, Instant.EPOCH, Duration.ZERO, false),
            new SubsystemEvent.HealthChanged(0, "", 0, Instant.EPOCH, false, ""),
            new SubsystemEvent.OutageBegan(0, "", 0, Instant.EPOCH, ""),
            new SubsystemEvent.OutageEnded(0, "", 0, Instant.EPOCH, Duration.ZERO, false),
            new ShutdownReport("", 0, ShutdownReport.Outcome.CLEAN, Optional.empty(), OptionalInt.empty(), Instant.EPOCH,
                    false, Duration.ZERO, List.of(), List.of(), List.of()),
            new ConfigReloaded(0, Instant.EPOCH, Set.of(), Set.of()), new ConfigReloadRejected(0, Instant.EPOCH, List.of()),
            new ResourceLimitExceeded("", 0, 0, Instant.EPOCH), new ResourceLimitCleared("", 0, 0, Instant.EPOCH), SIGNAL);

    private final ArcContainer container;

    CdiEvents(ArcContainer container) {
        this.container = container;
    }

    /** Whether there is an observer of any of them; observers are fixed at build time. */
    boolean areObserved() {
        for (Record type : TYPES) {
            if (isObserved(type)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is an observer of signals. */
    boolean areSignalsObserved() {
        return isObserved(SIGNAL);
    }

    private boolean isObserved(Record type) {
        return !container.beanManager().resolveObserverMethods(type).isEmpty();
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        fire(event);
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        switch (result.status()) {
            case APPLIED -> fire(new ConfigReloaded(result.epoch(), at, result.changed(), result.requiresRestart()));
            case REJECTED -> fire(new ConfigReloadRejected(result.epoch(), at, result.problems()));
            case UNCHANGED -> {
                // Not an event.
            }
        }
    }

    @Override
    public void signalReceived(DaemonSignal signal) {
        fire(signal);
    }

    @Override
    public void limitExceeded(ResourceLimitExceeded event, boolean shutsDown) {
        fire(event);
    }

    @Override
    public void limitCleared(ResourceLimitCleared event) {
        fire(event);
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        fire(report);
    }

    private void fire(Object event) {
        if (container.isRunning()) {
            container.beanManager().getEvent().fire(event);
        }
    }
}

package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.ConfigReloadRejected;
import io.quarkiverse.procdaemon.event.ConfigReloaded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.SubsystemListener;
import io.quarkus.arc.ArcContainer;

/**
 * Fires every event, what became of a reload, and the report of the shutdown, as a CDI event of its own type, as long as there
 * is a container to hear
 * it.
 */
final class CdiEvents implements SubsystemListener {

    /** One of each kind, to ask for its observers. */
    private static final List<Record> KINDS = List.of(
            new SubsystemEvent.Waiting(0, "", 0, Instant.EPOCH, List.of()),
            new SubsystemEvent.Starting(0, "", 0, Instant.EPOCH),
            new SubsystemEvent.Started(0, "", 0, Instant.EPOCH, Duration.ZERO),
            new SubsystemEvent.Failed(0, "", 0, Instant.EPOCH, null),
            new SubsystemEvent.Restarting(0, "", 0, Instant.EPOCH, Duration.ZERO, 0),
            new SubsystemEvent.GaveUp(0, "", 0, Instant.EPOCH, null, ""),
            new SubsystemEvent.Stopping(0, "", 0, Instant.EPOCH, null),
            new SubsystemEvent.Stopped(0, "", 0, Instant.EPOCH, Duration.ZERO),
            new SubsystemEvent.StopTimedOut(0, "", 0, Instant.EPOCH, Duration.ZERO, false),
            new SubsystemEvent.HealthChanged(0, "", 0, Instant.EPOCH, false, ""),
            new ShutdownReport("", 0, ShutdownReport.Outcome.CLEAN, Optional.empty(), OptionalInt.empty(), Instant.EPOCH,
                    Duration.ZERO,
                    List.of(), List.of(), List.of()),
            new ConfigReloaded(0, Instant.EPOCH, Set.of(), Set.of()), new ConfigReloadRejected(0, Instant.EPOCH, List.of()));

    private final ArcContainer container;

    CdiEvents(ArcContainer container) {
        this.container = container;
    }

    /** Whether anybody would hear one of them; observers are fixed when the application is built. */
    boolean areObserved() {
        return KINDS.stream().anyMatch(kind -> !container.beanManager().resolveObserverMethods(kind).isEmpty());
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
                // Nothing has happened.
            }
        }
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

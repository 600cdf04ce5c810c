package io.quarkiverse.procdaemon.runtime.wiring;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.listen.SubsystemListener;
import io.quarkus.arc.ArcContainer;

/**
 * Fires every event, and the report of the shutdown, as a CDI event of its own type, as long as there is a container to hear
 * it.
 */
final class CdiEvents implements SubsystemListener {

    private final ArcContainer container;

    CdiEvents(ArcContainer container) {
        this.container = container;
    }

    @Override
    public void onEvent(SubsystemEvent event) {
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

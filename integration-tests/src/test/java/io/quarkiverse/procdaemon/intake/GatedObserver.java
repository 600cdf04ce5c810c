package io.quarkiverse.procdaemon.intake;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.ExecutionException;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkiverse.procdaemon.Work;

/** Observes events of the application itself and refuses while the gate is shut. */
@Singleton
class GatedObserver implements WayIn {

    record Order() {
    }

    @Inject
    Event<Order> orders;

    @Inject
    Gate gate;

    @Inject
    LongWork longWork;

    void take(@ObservesAsync Order order) {
        try (Work work = gate.begin()) {
            longWork.ofSubsystem(name(), gate.run());
        }
    }

    @Override
    public String name() {
        return "@ObservesAsync with a gate";
    }

    @Override
    public boolean admits() throws Exception {
        try {
            orders.fireAsync(new Order()).toCompletableFuture().get(20, SECONDS);
            return true;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof UnavailableException) {
                return false;
            }
            throw refused;
        }
    }
}

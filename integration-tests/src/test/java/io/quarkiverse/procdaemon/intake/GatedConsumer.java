package io.quarkiverse.procdaemon.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.Work;
import io.quarkus.vertx.ConsumeEvent;
import io.vertx.core.eventbus.EventBus;

/** Consumes from the event bus and refuses while the gate is shut. */
@Singleton
class GatedConsumer implements WayIn {

    @Inject
    EventBus bus;

    @Inject
    Gate gate;

    @Inject
    LongWork longWork;

    @ConsumeEvent(value = "gated-orders", blocking = true)
    String take(String order) {
        try (Work work = gate.begin()) {
            longWork.ofSubsystem(name(), gate.run());
            return order;
        }
    }

    @Override
    public String name() {
        return "@ConsumeEvent with a gate";
    }

    @Override
    public boolean admits() throws Exception {
        return Bus.answers(bus, "gated-orders");
    }
}

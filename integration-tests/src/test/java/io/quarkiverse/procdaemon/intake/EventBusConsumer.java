package io.quarkiverse.procdaemon.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.vertx.ConsumeEvent;
import io.vertx.core.eventbus.EventBus;

/** Consumes from the event bus in a bean that is no subsystem. */
@Singleton
class EventBusConsumer implements WayIn {

    @Inject
    EventBus bus;

    @Inject
    LongWork longWork;

    @ConsumeEvent(value = "orders", blocking = true)
    String take(String order) {
        longWork.unawaited(name());
        return order;
    }

    @Override
    public String name() {
        return "@ConsumeEvent";
    }

    @Override
    public boolean admits() throws Exception {
        return Bus.answers(bus, "orders");
    }
}

package io.quarkiverse.procdaemon.intake;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.Work;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;

/** Consumes from the event bus while the store is RUNNING. */
@Subsystem(dependsOn = Store.class)
class EventBusSubsystem implements WayIn {

    @Inject
    EventBus bus;

    @Inject
    Vertx vertx;

    @Inject
    LongWork longWork;

    @OnStart
    void register(SubsystemContext context) {
        MessageConsumer<String> consumer = bus.consumer("orders-of-subsystem", message -> take(context, message));
        context.onShutdown(consumer::unregister);
    }

    @OnStop
    void close(SubsystemContext context) {
        longWork.close(context.name());
    }

    private void take(SubsystemContext context, Message<String> message) {
        Work work = context.begin();
        vertx.executeBlocking(() -> handle(context, message.body()), false)
                .onSuccess(message::reply)
                .onFailure(failure -> message.fail(500, failure.getMessage()))
                .onComplete(done -> work.close());
    }

    private String handle(SubsystemContext context, String order) {
        longWork.ofSubsystem(name(), context);
        return order;
    }

    @Override
    public String name() {
        return "event bus in a subsystem";
    }

    @Override
    public boolean admits() throws Exception {
        return Bus.answers(bus, "orders-of-subsystem");
    }
}

package io.quarkiverse.procdaemon.intake;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.Work;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import io.smallrye.mutiny.subscription.Cancellable;

/** Subscribes to a stream while the store is RUNNING. */
@Subsystem(dependsOn = Store.class)
class StreamSubsystem implements WayIn {

    @Inject
    LongWork longWork;

    private final BroadcastProcessor<String> source = BroadcastProcessor.create();
    private final AtomicInteger taken = new AtomicInteger();

    @OnStart
    void subscribe(SubsystemContext context) {
        Cancellable subscription = source.subscribe().with(order -> take(context), context::fail);
        context.onShutdown(subscription::cancel);
    }

    @OnStop
    void close(SubsystemContext context) {
        longWork.close(context.name());
    }

    private void take(SubsystemContext context) {
        try (Work work = context.begin()) {
            longWork.ofSubsystem(name(), context);
            taken.incrementAndGet();
        }
    }

    @Override
    public String name() {
        return "Multi in a subsystem";
    }

    @Override
    public boolean admits() {
        int before = taken.get();
        source.onNext("an order");
        return taken.get() > before;
    }
}

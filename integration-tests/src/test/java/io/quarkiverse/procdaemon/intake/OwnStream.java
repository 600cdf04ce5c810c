package io.quarkiverse.procdaemon.intake;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import io.smallrye.mutiny.subscription.Cancellable;

/** Subscribes to a stream when the application starts, and cancels when that ends. */
@Singleton
class OwnStream implements WayIn {

    @Inject
    LongWork longWork;

    private final BroadcastProcessor<String> source = BroadcastProcessor.create();
    private final AtomicInteger taken = new AtomicInteger();
    private Cancellable subscription;

    void subscribe(@Observes StartupEvent event) {
        subscription = source.subscribe().with(this::take);
    }

    private void take(String order) {
        longWork.unawaited(name());
        taken.incrementAndGet();
    }

    void cancel(@Observes ShutdownEvent event) {
        subscription.cancel();
    }

    @Override
    public String name() {
        return "Multi subscribed to by a StartupEvent observer";
    }

    @Override
    public boolean admits() {
        int before = taken.get();
        source.onNext("an order");
        return taken.get() > before;
    }
}

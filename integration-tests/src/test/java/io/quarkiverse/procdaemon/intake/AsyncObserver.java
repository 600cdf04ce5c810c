package io.quarkiverse.procdaemon.intake;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Observes events of the application itself. */
@Singleton
class AsyncObserver implements WayIn {

    record Order() {
    }

    @Inject
    Event<Order> orders;

    @Inject
    LongWork longWork;

    private final AtomicInteger taken = new AtomicInteger();

    void take(@ObservesAsync Order order) {
        longWork.unawaited(name());
        taken.incrementAndGet();
    }

    @Override
    public String name() {
        return "@ObservesAsync";
    }

    @Override
    public boolean admits() throws Exception {
        int before = taken.get();
        orders.fireAsync(new Order()).toCompletableFuture().get(20, SECONDS);
        return taken.get() > before;
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.procdaemon.SubsystemContext;

/** The bodies of one subsystem, run by run: each ends when it is asked to stop, or earlier as its future does. */
final class Bodies {

    private final Map<Long, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<SubsystemContext>> contexts = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();

    void run(SubsystemContext context) throws Exception {
        if (running.incrementAndGet() != 1) {
            overlaps.incrementAndGet();
        }
        try {
            CompletableFuture<Void> end = end(context.generation());
            context.onShutdown(() -> end.complete(null));
            context(context.generation()).complete(context);
            end.get(40, TimeUnit.SECONDS);
        } finally {
            running.decrementAndGet();
        }
    }

    /** How the body of that run is to end; also before it has begun. */
    CompletableFuture<Void> end(long generation) {
        return ends.computeIfAbsent(generation, key -> new CompletableFuture<>());
    }

    /** Completes when the body of that run has begun. */
    CompletableFuture<SubsystemContext> context(long generation) {
        return contexts.computeIfAbsent(generation, key -> new CompletableFuture<>());
    }

    int running() {
        return running.get();
    }

    /** How often one began before another had ended. */
    int overlaps() {
        return overlaps.get();
    }
}

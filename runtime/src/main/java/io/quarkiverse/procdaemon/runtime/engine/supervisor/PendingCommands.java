package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * Commands of one kind that have not been carried out; a subsystem without any costs nothing. They complete on a thread of
 * their own, because what a caller chained to them is the caller's code. Confined to the event loop.
 */
final class PendingCommands {

    private static final String THREAD = "proc-daemon-promises";

    private final Threads threads;
    private final Map<ManagedSubsystem, List<CompletableFuture<Void>>> pending = new LinkedHashMap<>();

    PendingCommands(Threads threads) {
        this.threads = threads;
    }

    void add(ManagedSubsystem subsystem, CompletableFuture<Void> promise) {
        pending.computeIfAbsent(subsystem, any -> new ArrayList<>(1)).add(promise);
    }

    boolean has(ManagedSubsystem subsystem) {
        return !pending.isEmpty() && pending.containsKey(subsystem);
    }

    /** The subsystems with any now, in the order in which they came. */
    List<ManagedSubsystem> subsystems() {
        return pending.isEmpty() ? List.of() : List.copyOf(pending.keySet());
    }

    void succeed(ManagedSubsystem subsystem) {
        if (has(subsystem)) {
            List<CompletableFuture<Void>> due = pending.remove(subsystem);
            threads.reuseOrRun(THREAD, () -> due.forEach(promise -> promise.complete(null)));
        }
    }

    void fail(ManagedSubsystem subsystem, Supplier<? extends Throwable> why) {
        if (has(subsystem)) {
            Throwable failure = why.get();
            List<CompletableFuture<Void>> due = pending.remove(subsystem);
            threads.reuseOrRun(THREAD, () -> due.forEach(promise -> promise.completeExceptionally(failure)));
        }
    }

    /** All fail with the same. */
    void failAll(Throwable why) {
        subsystems().forEach(subsystem -> fail(subsystem, () -> why));
    }

    /** Fails one that was never added. */
    void refuse(CompletableFuture<Void> promise, Throwable why) {
        threads.reuseOrRun(THREAD, () -> promise.completeExceptionally(why));
    }
}

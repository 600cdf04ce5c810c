package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * Commands of one kind that have not been carried out; a subsystem without any costs nothing. They complete on a thread of
 * their own, because what a caller chained to them is the caller's code.
 */
final class PendingCommands {

    private static final String THREAD = "proc-daemon-promises";

    private final Threads threads;
    private final Map<ManagedSubsystem, List<CompletableFuture<Void>>> pending = new LinkedHashMap<>();

    PendingCommands(Threads threads) {
        this.threads = threads;
    }

    void add(ManagedSubsystem subsystem, CompletableFuture<Void> promise) {
        List<CompletableFuture<Void>> its = pending.get(subsystem);
        if (its == null) {
            its = new ArrayList<>(1);
            pending.put(subsystem, its);
        }
        its.add(promise);
    }

    boolean has(ManagedSubsystem subsystem) {
        return !pending.isEmpty() && pending.containsKey(subsystem);
    }

    /** The subsystems with any now, in the order in which they came. */
    List<ManagedSubsystem> subsystems() {
        return pending.isEmpty() ? List.of() : List.copyOf(pending.keySet());
    }

    void succeed(ManagedSubsystem subsystem) {
        complete(subsystem, null);
    }

    void fail(ManagedSubsystem subsystem, Throwable why) {
        complete(subsystem, why);
    }

    private void complete(ManagedSubsystem subsystem, @Nullable Throwable failure) {
        if (has(subsystem)) {
            threads.reuseOrRun(THREAD, new Completion(pending.remove(subsystem), failure));
        }
    }

    /** All fail with the same. */
    void failAll(Throwable why) {
        for (ManagedSubsystem subsystem : subsystems()) {
            fail(subsystem, why);
        }
    }

    /** Fails one that was never added. */
    void refuse(CompletableFuture<Void> promise, Throwable why) {
        threads.reuseOrRun(THREAD, new Completion(List.of(promise), why));
    }

    /** Named, as all that a stop needs. */
    private record Completion(List<CompletableFuture<Void>> promises, @Nullable Throwable failure) implements Runnable {
        @Override
        public void run() {
            for (CompletableFuture<Void> promise : promises) {
                if (failure == null) {
                    promise.complete(null);
                } else {
                    promise.completeExceptionally(failure);
                }
            }
        }
    }
}

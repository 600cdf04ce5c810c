package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * What callers were promised about subsystems; one that nobody waits for costs nothing. Promises are kept on a thread of their
 * own, because what a caller chained to them is the caller's code. Confined to the event loop.
 */
final class Promises {

    private static final String THREAD = "proc-daemon-promises";

    private final Threads threads;
    private final Map<Node, List<CompletableFuture<Void>>> open = new LinkedHashMap<>();

    Promises(Threads threads) {
        this.threads = threads;
    }

    void add(Node node, CompletableFuture<Void> promise) {
        open.computeIfAbsent(node, any -> new ArrayList<>(1)).add(promise);
    }

    /** Whether somebody waits. */
    boolean areOpen(Node node) {
        return !open.isEmpty() && open.containsKey(node);
    }

    /** For which somebody waits now, in the order in which that began. */
    List<Node> subjects() {
        return open.isEmpty() ? List.of() : List.copyOf(open.keySet());
    }

    void keep(Node node) {
        if (areOpen(node)) {
            settle(node, promise -> promise.complete(null));
        }
    }

    void fail(Node node, Supplier<? extends Throwable> why) {
        if (areOpen(node)) {
            Throwable failure = why.get();
            settle(node, promise -> promise.completeExceptionally(failure));
        }
    }

    private void settle(Node node, Consumer<CompletableFuture<Void>> verdict) {
        List<CompletableFuture<Void>> due = open.remove(node);
        threads.reuseOrRun(THREAD, () -> due.forEach(verdict));
    }

    /** Breaks a promise that cannot even be taken down. */
    static void refuse(CompletableFuture<Void> promise, Throwable why, Threads threads) {
        threads.reuseOrRun(THREAD, () -> promise.completeExceptionally(why));
    }
}

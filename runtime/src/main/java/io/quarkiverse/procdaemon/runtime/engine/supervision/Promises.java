package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.runtime.engine.thread.Threads;

/**
 * What callers were promised about one subsystem. Promises are kept on a thread of their own, because what a caller chained to
 * them is the caller's code. Confined to the mailbox.
 */
final class Promises {

    private static final String THREAD = "proc-daemon-promises";

    private final Threads threads;
    private List<CompletableFuture<Void>> open;

    Promises(Threads threads) {
        this.threads = threads;
    }

    void add(CompletableFuture<Void> promise) {
        if (open == null) {
            open = new ArrayList<>(1);
        }
        open.add(promise);
    }

    /** Whether somebody waits. */
    boolean areOpen() {
        return open != null;
    }

    void keep() {
        settle(promise -> promise.complete(null));
    }

    void fail(Supplier<? extends Throwable> why) {
        if (open != null) {
            Throwable failure = why.get();
            settle(promise -> promise.completeExceptionally(failure));
        }
    }

    private void settle(Consumer<CompletableFuture<Void>> verdict) {
        if (open != null) {
            List<CompletableFuture<Void>> due = open;
            open = null;
            threads.reuseOrRun(THREAD, () -> due.forEach(verdict));
        }
    }

    /** Breaks a promise that cannot even be taken down. */
    static void refuse(CompletableFuture<Void> promise, Throwable why, Threads threads) {
        threads.reuseOrRun(THREAD, () -> promise.completeExceptionally(why));
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import java.util.concurrent.CompletableFuture;

/** An answer that nobody but the test gives. */
final class Uncancellable extends CompletableFuture<Boolean> {

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }
}

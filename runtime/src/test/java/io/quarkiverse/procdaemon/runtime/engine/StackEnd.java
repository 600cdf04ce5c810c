package io.quarkiverse.procdaemon.runtime.engine;

import java.util.concurrent.CompletableFuture;

/** Calls something where there is no more room on the stack. */
public final class StackEnd {

    private static final int CALLS = 20;
    private static final long SMALL_STACK = 256 * 1024;

    private final Runnable call;
    private int left = CALLS;

    private StackEnd(Runnable call) {
        this.call = call;
    }

    /** Calls it at the end of a stack and at each depth above, until it has returned twenty times. */
    public static void call(Runnable call) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(new StackEnd(call)::down,
                task -> new Thread(null, task, "deep", SMALL_STACK).start());
        TestDaemon.get(done);
    }

    private void down() {
        try {
            down();
        } catch (StackOverflowError | InternalError end) {
            // The JDK hands on the former as the latter here and there. The next call has more room.
        }
        if (left > 0) {
            call.run();
            left--;
        }
    }
}

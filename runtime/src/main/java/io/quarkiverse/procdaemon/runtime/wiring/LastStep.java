package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/** A step that follows code when that has completed, before anybody else is notified of it; cancelling cancels the code. */
final class LastStep<T extends @Nullable Object> extends CompletableFuture<T> {

    private final CompletionStage<T> code;

    /** Code that may complete later. */
    @FunctionalInterface
    interface Code<T extends @Nullable Object> {

        /** Null if it has completed when it returns. */
        @Nullable
        CompletionStage<T> call() throws Throwable;
    }

    private LastStep(CompletionStage<T> code) {
        this.code = code;
    }

    /** Calls the code; the step follows it, whatever becomes of it. */
    static <T extends @Nullable Object> @Nullable CompletionStage<T> after(Code<T> code, Runnable step) throws Throwable {
        LastStep<T> stage = null;
        try {
            CompletionStage<T> pending = code.call();
            if (pending != null) {
                LastStep<T> last = new LastStep<>(pending);
                pending.whenComplete((result, thrown) -> last.complete(result, thrown, step));
                stage = last;
            }
            return stage;
        } finally {
            if (stage == null) {
                step.run();
            }
        }
    }

    private void complete(T result, @Nullable Throwable thrown, Runnable step) {
        try {
            step.run();
        } finally {
            if (thrown == null) {
                complete(result);
            } else {
                completeExceptionally(thrown);
            }
        }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        return code.toCompletableFuture().cancel(mayInterrupt);
    }
}

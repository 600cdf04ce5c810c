package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a command was answered, and what the model says must have become of it. */
final class Promise {

    enum Fate {
        OPEN,
        KEPT,
        BROKEN
    }

    final String command;
    private CompletableFuture<Void> actual;
    Fate fate = Fate.OPEN;
    /** Whether it may be broken already, though it need not. */
    boolean mayBreak;

    Promise(String command) {
        this.command = command;
    }

    void is(CompletionStage<Void> stage) {
        actual = stage.toCompletableFuture();
    }

    Fate actual() {
        return !actual.isDone() ? Fate.OPEN : actual.isCompletedExceptionally() ? Fate.BROKEN : Fate.KEPT;
    }

    /** Whether it is that of a registration, which was refused. */
    boolean isRefused() {
        return actual.isCompletedExceptionally() && World.isRefusal(actual.handle((none, failure) -> failure).join());
    }

    @Override
    public String toString() {
        return command + " should be " + fate + " and is " + actual();
    }
}

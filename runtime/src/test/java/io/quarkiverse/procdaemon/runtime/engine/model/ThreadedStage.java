package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

import io.quarkiverse.procdaemon.ThreadKind;

/** Real threads that race. */
final class ThreadedStage extends Stage {

    @Override
    public Thread start(ThreadKind kind, String name, Runnable task) {
        count(1);
        ModelThread thread = new ModelThread(name, counted(task));
        thread.start();
        return thread;
    }

    @Override
    ModelThread current() {
        return (ModelThread) Thread.currentThread();
    }

    @Override
    CompletionStage<?> hold(Gate gate) {
        if (gate.mayPromise && ThreadLocalRandom.current().nextInt(4) == 0) {
            add(gate);
            gate.thread.react();
            return gate;
        }
        block(gate);
        return null;
    }

    @Override
    void settle() {
        awaitIdle();
    }
}

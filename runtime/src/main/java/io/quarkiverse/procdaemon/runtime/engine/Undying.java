package io.quarkiverse.procdaemon.runtime.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;

/** A process that survives its end, and says nothing. */
final class Undying implements ProcessControl {

    private final CountDownLatch halted = new CountDownLatch(1);

    @Override
    public void exit(int code) {
        // It goes on.
    }

    @Override
    public void exitNow(int code) {
        // It goes on.
    }

    @Override
    public boolean canHalt() {
        return true;
    }

    @Override
    public void halt(int code) {
        halted.countDown();
    }

    @Override
    public void print(String text) {
        // Nobody reads it.
    }

    /** Waits until it has been halted, a second at most. */
    boolean awaitHalt() {
        return Uninterrupted.await(() -> halted.await(1, TimeUnit.SECONDS));
    }
}

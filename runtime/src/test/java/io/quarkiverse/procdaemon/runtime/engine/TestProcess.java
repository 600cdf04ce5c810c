package io.quarkiverse.procdaemon.runtime.engine;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;

/** A process that notes how it is asked to end, and goes on. */
public final class TestProcess implements ProcessControl {

    final CompletableFuture<Integer> exit = new CompletableFuture<>();
    final CompletableFuture<Integer> exitNow = new CompletableFuture<>();
    final CompletableFuture<Integer> halted = new CompletableFuture<>();
    final LinkedBlockingQueue<String> printed = new LinkedBlockingQueue<>();
    volatile boolean canHalt;
    volatile boolean outlivesDaemon;

    /** What is printed next. */
    String nextPrinted() throws InterruptedException {
        return printed.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public void exit(int code) {
        exit.complete(code);
    }

    @Override
    public void exitNow(int code) {
        exitNow.complete(code);
    }

    /** A thread in a method named {@code exit} of a test. */
    @Override
    public boolean isAwaitedBy(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("exit")
                && frame.getClassName().endsWith("Test"));
    }

    @Override
    public boolean isEndedBy(StackTraceElement[] stack) {
        return !exitNow.isDone() && isAwaitedBy(stack);
    }

    @Override
    public boolean canHalt() {
        return canHalt;
    }

    @Override
    public boolean outlivesDaemon() {
        return outlivesDaemon;
    }

    @Override
    public void halt(int code) {
        halted.complete(code);
    }

    @Override
    public void print(String text) {
        printed.add(text);
    }
}

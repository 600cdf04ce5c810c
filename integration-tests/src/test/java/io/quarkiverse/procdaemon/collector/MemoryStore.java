package io.quarkiverse.procdaemon.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Keeps lines in memory; it can be made to fail, or to take its time over the next batch. */
final class MemoryStore implements LineStore {

    private final List<String> lines = new ArrayList<>();
    private volatile boolean broken;
    private volatile CountDownLatch entered;
    private volatile CountDownLatch pass = new CountDownLatch(0);

    void fail() {
        broken = true;
    }

    /** The next batch waits until {@link #release()}. */
    void hold() {
        entered = new CountDownLatch(1);
        pass = new CountDownLatch(1);
    }

    void awaitHeld() throws InterruptedException {
        entered.await();
    }

    void release() {
        pass.countDown();
    }

    synchronized List<String> all() {
        return List.copyOf(lines);
    }

    synchronized void awaitLines(int count) throws InterruptedException {
        while (lines.size() < count) {
            wait();
        }
    }

    @Override
    public synchronized long lines() {
        return lines.size();
    }

    @Override
    public void append(LineBatch batch) throws IOException {
        if (broken) {
            throw new JournalException("The disk is full");
        }
        if (pass.getCount() > 0) {
            entered.countDown();
            awaitRelease();
        }
        synchronized (this) {
            lines.addAll(List.of(new String(batch.bytes(), 0, batch.size() - 1, UTF_8).split("\n", -1)));
            notifyAll();
        }
    }

    private void awaitRelease() {
        try {
            pass.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** Counts how often it is asked, so that a test can wait until the watch has looked. */
class CountingEvents extends FileEvents {

    private int looks;
    private int looked;
    private int waits;

    @Override
    void watch(Collection<Path> paths) {
        synchronized (this) {
            looks++;
        }
        super.watch(paths);
    }

    @Override
    boolean await(long nanos) throws InterruptedException {
        synchronized (this) {
            waits++;
            if (looked < looks) {
                looked = looks;
                notifyAll();
            }
        }
        return super.await(nanos);
    }

    /** How often it was given what to watch, which is where a look begins. */
    synchronized int looks() {
        return looks;
    }

    /** How many looks are over. */
    synchronized int looked() {
        return looked;
    }

    synchronized int waits() {
        return waits;
    }

    /** Waits until so many looks are over. */
    synchronized void awaitLooked(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (looked < count && System.nanoTime() < end) {
            wait(100);
        }
        assertThat(looked).as("looks within 20 s").isGreaterThanOrEqualTo(count);
    }
}

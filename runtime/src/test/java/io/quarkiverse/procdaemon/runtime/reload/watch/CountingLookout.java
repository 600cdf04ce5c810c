package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A lookout that counts how often it is asked, so that a test can wait until the watch has looked. */
final class CountingLookout implements Lookout {

    private final Lookout lookout;
    private int looks;
    private int looked;
    private int waits;

    CountingLookout(Lookout lookout) {
        this.lookout = lookout;
    }

    @Override
    public boolean watch(Supplier<Set<Place>> places) {
        synchronized (this) {
            looks++;
        }
        return lookout.watch(places);
    }

    @Override
    public boolean await(long nanos) throws InterruptedException {
        synchronized (this) {
            waits++;
            if (looked < looks) {
                looked = looks;
                notifyAll();
            }
        }
        return lookout.await(nanos);
    }

    @Override
    public void close() {
        lookout.close();
    }

    /** How often it was told what to watch, which is where a look begins. */
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

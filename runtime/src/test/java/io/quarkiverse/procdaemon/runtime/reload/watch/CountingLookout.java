package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A lookout that counts how often it is asked, so that a test can wait until the watch has looked. */
final class CountingLookout implements Lookout {

    private final Lookout lookout;
    private int looks;
    private int waits;

    CountingLookout(Lookout lookout) {
        this.lookout = lookout;
    }

    @Override
    public boolean watch(Supplier<Set<Place>> places) {
        synchronized (this) {
            looks++;
            notifyAll();
        }
        return lookout.watch(places);
    }

    @Override
    public boolean await(long nanos) throws InterruptedException {
        synchronized (this) {
            waits++;
        }
        return lookout.await(nanos);
    }

    @Override
    public void close() {
        lookout.close();
    }

    synchronized int looks() {
        return looks;
    }

    synchronized int waits() {
        return waits;
    }

    /** Waits until there are so many. */
    synchronized void awaitLooks(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (looks < count && System.nanoTime() < end) {
            wait(100);
        }
        assertThat(looks).as("looks within 20 s").isGreaterThanOrEqualTo(count);
    }
}

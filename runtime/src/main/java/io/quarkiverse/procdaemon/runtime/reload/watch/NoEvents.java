package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The lookout where no events are to be had: hears nothing. */
final class NoEvents implements Lookout {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public boolean watch(Supplier<Set<Place>> places) {
        return false;
    }

    @Override
    public boolean await(long nanos) throws InterruptedException {
        closed.await(nanos, TimeUnit.NANOSECONDS);
        return false;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

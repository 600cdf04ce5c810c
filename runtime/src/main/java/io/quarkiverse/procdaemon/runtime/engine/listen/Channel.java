package io.quarkiverse.procdaemon.runtime.engine.listen;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.thread.Threads;

/**
 * The queue of one listener. A thread exists only while there is something in it. {@code pending} counts what is queued or
 * being delivered: whoever raises it from zero starts the thread, and that thread ends when it has brought it back to zero, so
 * there is never more than one.
 */
final class Channel {

    static final int CAPACITY = 65_536;

    private static final Logger LOG = Logger.getLogger(Channel.class);

    private final SubsystemListener listener;
    private final Threads threads;
    private final ConcurrentLinkedQueue<Object> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private long lost;

    Channel(SubsystemListener listener, Threads threads) {
        this.listener = listener;
        this.threads = threads;
    }

    /** Called by one thread at a time. */
    void send(SubsystemEvent event) {
        if (pending.get() >= CAPACITY) {
            if (lost++ == 0) {
                LOG.errorf("The listener %s is %d events behind; it misses %s of %s and what follows until it has caught up",
                        listener, CAPACITY, event.getClass().getSimpleName(), event.subsystem());
            }
            return;
        }
        lost = 0;
        enqueue(event);
    }

    /** Waits until what has been sent so far is delivered, or the time is up; for the last words before the end. */
    boolean awaitDelivery(long millis) throws InterruptedException {
        CountDownLatch mark = new CountDownLatch(1);
        enqueue(mark);
        return mark.await(millis, TimeUnit.MILLISECONDS);
    }

    private void enqueue(Object item) {
        queue.add(item);
        if (pending.getAndIncrement() == 0) {
            threads.start(ThreadKind.AUTO, "proc-daemon-events", this::deliver);
        }
    }

    private void deliver() {
        do {
            Object item = queue.remove();
            if (item instanceof CountDownLatch mark) {
                mark.countDown();
            } else {
                deliver((SubsystemEvent) item);
            }
        } while (pending.decrementAndGet() > 0);
    }

    private void deliver(SubsystemEvent event) {
        try {
            listener.onEvent(event);
        } catch (Throwable failure) {
            LOG.errorf(failure, "The listener %s failed on %s; it gets the next event all the same", listener, event);
        }
    }
}

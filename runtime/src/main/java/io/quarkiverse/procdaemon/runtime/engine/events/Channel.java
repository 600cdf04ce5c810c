package io.quarkiverse.procdaemon.runtime.engine.events;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * The queue of one listener. A thread exists only while there is something in it and a moment longer, and never more than one:
 * who turns {@code delivering} on starts it, and it looks at the queue once more after it has turned that off. If no thread
 * is to be had, the next event tries again. Since events come in bursts, and to wake a thread costs more than to deliver to it,
 * it sleeps for a millisecond first when it has delivered everything, and only then can be woken by the next event.
 * <p>
 * Memory model: the thread writes {@code idle} before it looks at the queue for the last time, and who sends adds to the queue
 * before it reads {@code idle}; so the one sees the event or the other wakes it. The same holds for {@code closed} and
 * {@code thread}.
 */
final class Channel {

    static final int CAPACITY = 65_536;

    private static final Logger LOG = Logger.getLogger(Channel.class);
    private static final long BURST = TimeUnit.MILLISECONDS.toNanos(1);

    private final SubsystemListener listener;
    /** The same, if it is one of ours. */
    private final @Nullable DaemonListener ours;
    private final Threads threads;
    private final UnaryOperator<String> mask;
    private final ConcurrentLinkedQueue<Object> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicBoolean delivering = new AtomicBoolean();
    /** The last one. */
    private volatile @Nullable Thread thread;
    /** The thread, while it has delivered everything and is to be woken for more. */
    private volatile @Nullable Thread idle;
    private volatile boolean closed;
    private long lost;
    /** What kind of failure the listener had last, and how often in a row. */
    private @Nullable String failing;
    private int times;

    private record FailedWith(SubsystemEvent.Failed event, Throwable thrown) {
    }

    /** @param mask takes the secrets out of what the listener throws */
    Channel(SubsystemListener listener, Threads threads, UnaryOperator<String> mask) {
        this.listener = listener;
        this.ours = listener instanceof DaemonListener one ? one : null;
        this.threads = threads;
        this.mask = mask;
    }

    /** Called by one thread at a time. */
    void send(SubsystemEvent event) {
        send(event, event);
    }

    /** Called by one thread at a time. */
    void send(SubsystemEvent.Failed event, Throwable thrown) {
        send(event, new FailedWith(event, thrown));
    }

    private void send(SubsystemEvent event, Object item) {
        if (ours != null && !ours.isListening()) {
            return;
        }
        if (queued.get() >= CAPACITY) {
            if (lost++ == 0) {
                LOG.errorf("The listener %s is %d events behind; it misses %s of %s and what follows until it has caught up",
                        name(), CAPACITY, event.getClass().getSimpleName(), event.subsystem());
            }
            return;
        }
        lost = 0;
        enqueue(item);
    }

    /** Has something called on the listener, however far behind it is, if it is one of ours and listens. */
    void tell(Consumer<DaemonListener> news) {
        if (ours != null && ours.isListening()) {
            enqueue(news);
        }
    }

    /** Counts down when what has been sent so far is delivered, at once if it is. From now on no thread waits for more. */
    void close(CountDownLatch mark) {
        closed = true;
        if (queued.get() == 0 && (!delivering.get() || idle != null)) {
            mark.countDown();
        } else {
            enqueue(mark);
        }
        LockSupport.unpark(thread);
    }

    private void enqueue(Object item) {
        queue.add(item);
        queued.getAndIncrement();
        if (delivering.compareAndSet(false, true)) {
            try {
                threads.start(ThreadKind.PLATFORM, "proc-daemon-events", this::deliver);
            } catch (Throwable noThread) {
                delivering.set(false);
                LOG.warnf(noThread, "No thread for the listener %s; it gets what it misses with the next event", name());
            }
        } else {
            LockSupport.unpark(idle);
        }
    }

    private void deliver() {
        do {
            thread = Thread.currentThread();
            do {
                deliverAll();
            } while (moreComes());
            delivering.set(false);
        } while (!queue.isEmpty() && delivering.compareAndSet(false, true));
    }

    private void deliverAll() {
        for (Object item; (item = queue.poll()) != null;) {
            queued.getAndDecrement();
            deliver(item);
        }
    }

    private boolean moreComes() {
        sleep(BURST);
        idle = Thread.currentThread();
        sleep(threads.linger());
        idle = null;
        return !queue.isEmpty();
    }

    private void sleep(long nanos) {
        if (queue.isEmpty() && !closed && threads.linger() > 0) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    private void deliver(Object item) {
        if (item instanceof CountDownLatch mark) {
            mark.countDown();
            return;
        }
        try {
            if (item instanceof SubsystemEvent event) {
                listener.onEvent(event);
            } else if (item instanceof FailedWith failed) {
                deliver(failed);
            } else {
                @SuppressWarnings("unchecked")
                Consumer<DaemonListener> news = (Consumer<DaemonListener>) item;
                news.accept((DaemonListener) listener);
            }
        } catch (Throwable failure) {
            failed(Thrown.of(failure, mask), text(item));
        }
    }

    private void deliver(FailedWith failed) {
        if (ours != null) {
            ours.onFailure(failed.event(), failed.thrown());
        } else {
            listener.onEvent(failed.event());
        }
    }

    /** Logs it, with the stack trace unless it is that of the last time. */
    private void failed(Thrown thrown, String what) {
        String kind = FailureSeries.kind(thrown.stack());
        times = kind.equals(failing) ? times + 1 : 1;
        failing = kind;
        if (times == 1) {
            LOG.errorf(thrown.throwable(), "The listener %s failed on %s; it gets the next event all the same", name(), what);
        } else {
            LOG.errorf("The listener %s failed on %s as before (%d times): %s; it gets the next event all the same", name(),
                    what, times, thrown.summary());
        }
    }

    /** Of its class: a listener may be code of others, and so may its toString be. */
    private String name() {
        return listener.getClass().getName();
    }

    private static String text(Object item) {
        Object event = item instanceof FailedWith failed ? failed.event() : item;
        return event instanceof SubsystemEvent of ? of.getType() + " of " + of.subsystem() : "its news";
    }
}

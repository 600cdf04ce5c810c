package io.quarkiverse.procdaemon.runtime.engine.events;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * The reactive way out: a bounded buffer for each subscriber; what does not fit is dropped for that subscriber only, counted,
 * and logged with the next event that it receives.
 */
final class Subscribers implements Flow.Publisher<SubsystemEvent> {

    static final int BUFFER = 256;

    private static final Logger LOG = Logger.getLogger(Subscribers.class);

    private final Threads threads;
    private final SubmissionPublisher<SubsystemEvent> publisher;
    private volatile boolean any;

    Subscribers(Threads threads) {
        this.threads = threads;
        publisher = new SubmissionPublisher<>(task -> threads.reuse("proc-daemon-events", task), BUFFER);
    }

    @Override
    public synchronized void subscribe(Flow.Subscriber<? super SubsystemEvent> subscriber) {
        Counted counted = new Counted(subscriber);
        if (any) {
            publisher.subscribe(counted);
        } else {
            any = true;
            subscribeFirst(counted);
        }
    }

    /**
     * On a thread that will never publish: the JDK's publisher takes the first to subscribe for its owner, and as long as only
     * the owner publishes it looks without a fence whether a subscriber has gone idle, and then may not wake it.
     */
    private void subscribeFirst(Counted counted) {
        CompletableFuture.runAsync(() -> publisher.subscribe(counted),
                task -> threads.startOrRun("proc-daemon-subscribe", task)).join();
    }

    boolean any() {
        return any;
    }

    void send(SubsystemEvent event) {
        if (any) {
            publisher.offer(event, new Drop());
        }
    }

    void close() {
        publisher.close();
    }

    /** A subscriber that is too slow misses an event, which is counted. */
    private static final class Drop implements BiPredicate<Flow.Subscriber<? super SubsystemEvent>, SubsystemEvent> {
        @Override
        public boolean test(Flow.Subscriber<? super SubsystemEvent> subscriber, SubsystemEvent event) {
            ((Counted) subscriber).dropped.incrementAndGet();
            return false;
        }
    }

    /** A subscriber, and how many events it has missed since the last one it received. */
    private static final class Counted implements Flow.Subscriber<SubsystemEvent> {

        private final Flow.Subscriber<? super SubsystemEvent> subscriber;
        private final AtomicLong dropped = new AtomicLong();
        private long last;

        Counted(Flow.Subscriber<? super SubsystemEvent> subscriber) {
            if (subscriber == null) {
                throw new NullPointerException("subscriber");
            }
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(SubsystemEvent event) {
            if (last != 0 && event.sequence() != last + 1) {
                LOG.warnf("The subscriber %s of Daemon.events() was too slow and missed %d events, up to number %d",
                        subscriber.getClass().getName(), event.sequence() - last - 1, event.sequence() - 1);
                dropped.addAndGet(last + 1 - event.sequence());
            }
            last = event.sequence();
            subscriber.onNext(event);
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            long missed = dropped.get();
            if (missed > 0) {
                LOG.warnf("The subscriber %s of Daemon.events() was too slow and missed the last %d events",
                        subscriber.getClass().getName(),
                        missed);
            }
            subscriber.onComplete();
        }
    }
}

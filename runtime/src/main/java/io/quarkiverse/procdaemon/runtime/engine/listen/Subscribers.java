package io.quarkiverse.procdaemon.runtime.engine.listen;

import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.thread.Threads;

/** The reactive way out: a bounded buffer for each subscriber; what does not fit is dropped for that subscriber only. */
final class Subscribers implements Flow.Publisher<SubsystemEvent> {

    private static final int BUFFER = 256;

    private final SubmissionPublisher<SubsystemEvent> publisher;
    private volatile boolean any;

    Subscribers(Threads threads) {
        publisher = new SubmissionPublisher<>(task -> threads.start(ThreadKind.AUTO, "proc-daemon-events", task), BUFFER);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super SubsystemEvent> subscriber) {
        any = true;
        publisher.subscribe(subscriber);
    }

    boolean any() {
        return any;
    }

    void send(SubsystemEvent event) {
        if (any) {
            publisher.offer(event, (subscriber, dropped) -> false);
        }
    }

    void close() {
        publisher.close();
    }
}

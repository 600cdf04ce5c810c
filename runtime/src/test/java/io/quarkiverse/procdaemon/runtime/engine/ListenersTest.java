package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

@Timeout(60)
class ListenersTest {

    private final TestDaemon daemon = new TestDaemon();

    @Test
    void aListenerThatThrowsHearsTheNextEventAndHarmsNobody() {
        ConcurrentLinkedQueue<Long> heard = new ConcurrentLinkedQueue<>();
        daemon.listeners.add(0, event -> {
            heard.add(event.sequence());
            throw new IllegalStateException("a listener");
        });
        daemon.add("a");
        daemon.started().stop();
        assertThat(heard).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(daemon.events.texts()).containsExactly("Waiting a", "Starting a", "Started a", "Stopping a", "Stopped a");
    }

    @Test
    void aListenerOfAnotherExtensionHearsOfFailuresAndOnlyOfEvents() {
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        daemon.listeners.add(event -> heard.add(Events.text(event)));
        daemon.add("a").critical(false).run(context -> {
            throw new IllegalStateException("the body");
        });
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon.runtime.engine.events")) {
            daemon.started().events.await("GaveUp a");
            daemon.stop();
            assertThat(log.lines()).isEmpty();
        }
        assertThat(heard).contains("Failed a", "GaveUp a").containsExactlyElementsOf(daemon.events.texts());
    }

    @Test
    void aListenerThatHangsDelaysNeitherTheOthersNorTheShutdown() {
        CountDownLatch release = new CountDownLatch(1);
        daemon.listeners.add(0, event -> TestDaemon.ignoringInterrupts(release));
        daemon.add("a");
        daemon.started().stop();
        assertThat(daemon.events.texts()).containsExactly("Waiting a", "Starting a", "Started a", "Stopping a", "Stopped a");
        release.countDown();
    }

    @Test
    void allIsHeardBeforeStopReturns() {
        daemon.listeners.clear();
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        daemon.listeners.add(event -> {
            Thread.yield();
            heard.add(Events.text(event));
        });
        daemon.add("a");
        daemon.started().stop();
        assertThat(heard).endsWith("Stopped a").hasSize(5);
    }

    @Test
    void subscribersGetEventsInOrderAndTheEnd() {
        daemon.add("a");
        Asking subscriber = new Asking();
        daemon.engine().events().subscribe(subscriber);
        daemon.started().stop();
        assertThat(TestDaemon.get(subscriber.all)).containsExactly("Waiting a", "Starting a", "Started a", "Stopping a",
                "Stopped a");
    }

    /** To the JDK's publisher the first thread that subscribes is special, and an event may be late when it publishes. */
    @Test
    void noThreadThatMayPublishIsTheFirstToSubscribe() {
        Map<String, Thread> startedBy = new ConcurrentHashMap<>();
        daemon.threadRefusal = name -> startedBy.putIfAbsent(name, Thread.currentThread());
        daemon.engine().events().subscribe(new Asking());
        assertThat(startedBy.get("proc-daemon-events").getName()).isEqualTo("proc-daemon-subscribe");
        assertThat(startedBy).containsEntry("proc-daemon-subscribe", Thread.currentThread());
    }

    @Test
    void onlyTheFirstSubscriptionHasAThreadOfItsOwn() {
        Queue<String> started = new ConcurrentLinkedQueue<>();
        daemon.engine();
        daemon.threadRefusal = started::add;
        daemon.engine().events().subscribe(new Asking());
        daemon.engine().events().subscribe(new Asking());
        assertThat(started).containsExactly("proc-daemon-subscribe", "proc-daemon-events", "proc-daemon-events");
    }

    @Test
    void theFirstSubscriptionNeedsNoThreadOfItsOwn() {
        daemon.threadRefusal = name -> {
            if (name.equals("proc-daemon-subscribe")) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        Asking only = new Asking();
        daemon.add("a");
        daemon.engine().events().subscribe(only);
        daemon.started().stop();
        assertThat(TestDaemon.get(only.all)).hasSize(5);
    }

    @Test
    void aSubscriberThatNeverAsksSlowsNobodyDown() {
        for (int i = 0; i < 300; i++) {
            daemon.add("s" + i);
        }
        CompletableFuture<Void> gotWhatItDidNotAskFor = new CompletableFuture<>();
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        daemon.engine().events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscribed.complete(null);
            }

            @Override
            public void onNext(SubsystemEvent event) {
                gotWhatItDidNotAskFor.complete(null);
            }

            @Override
            public void onError(Throwable failure) {
                gotWhatItDidNotAskFor.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                gotWhatItDidNotAskFor.complete(null);
            }
        });
        TestDaemon.get(subscribed);
        daemon.started().stop();
        assertThat(daemon.events.all()).hasSize(1_500);
        assertThat(gotWhatItDidNotAskFor).isNotDone();
    }

    @Test
    void aSubscriberThatWasTooSlowHearsHowMuchItMissed() throws Exception {
        for (int i = 0; i < 300; i++) {
            daemon.add("s" + i);
        }
        CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        CompletableFuture<Void> complete = new CompletableFuture<>();
        List<Long> heard = new CopyOnWriteArrayList<>();
        CountDownLatch buffered = new CountDownLatch(256);
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.engine().events().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscribed.complete(subscription);
                }

                @Override
                public void onNext(SubsystemEvent event) {
                    heard.add(event.sequence());
                    buffered.countDown();
                }

                @Override
                public void onError(Throwable failure) {
                    complete.completeExceptionally(failure);
                }

                @Override
                public void onComplete() {
                    complete.complete(null);
                }

                @Override
                public String toString() {
                    return "slowpoke";
                }
            });
            Flow.Subscription subscription = TestDaemon.get(subscribed);
            daemon.started();
            subscription.request(1_000);
            assertThat(buffered.await(20, TimeUnit.SECONDS)).isTrue();
            TestDaemon.get(daemon.engine().stop("s0"));
            daemon.stop();
            TestDaemon.get(complete);
            assertThat(heard).startsWith(LongStream.rangeClosed(1, 256).boxed().toArray(Long[]::new)).contains(901L);
            assertThat(log.lines()).contains("WARN The subscriber " + getClass().getName() + "$2 of Daemon.events() was too"
                    + " slow and missed 644 events, up to number 900");
        }
    }

    /** Asks for all there is. */
    private static final class Asking implements Flow.Subscriber<SubsystemEvent> {

        private final CompletableFuture<List<String>> all = new CompletableFuture<>();
        private final Queue<String> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(SubsystemEvent event) {
            heard.add(Events.text(event));
        }

        @Override
        public void onError(Throwable failure) {
            all.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            all.complete(List.copyOf(heard));
        }
    }
}

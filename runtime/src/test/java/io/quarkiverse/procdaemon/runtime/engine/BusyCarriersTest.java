package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import io.quarkiverse.procdaemon.ThreadKind;
import io.smallrye.mutiny.Multi;

/** As many bodies that compute without blocking as there are carriers of virtual threads. */
@Timeout(60)
@EnabledForJreRange(min = JRE.JAVA_21)
class BusyCarriersTest {

    private static final int CARRIERS = Runtime.getRuntime().availableProcessors();

    private final TestDaemon daemon = new TestDaemon();
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch computing = new CountDownLatch(CARRIERS);
    private final AtomicBoolean released = new AtomicBoolean();

    BusyCarriersTest() {
        for (int i = 0; i < CARRIERS; i++) {
            daemon.add("busy" + i).run(context -> {
                begin.await();
                computing.countDown();
                while (!released.get()) {
                    Thread.onSpinWait();
                }
            });
        }
    }

    @AfterEach
    void letGo() {
        released.set(true);
        daemon.stop();
    }

    private void awaitComputing() throws InterruptedException {
        assertThat(computing.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStartWhoseThreadNeverRanNamesThoseThatAreOnTheCarriers() throws Exception {
        daemon.add("gate").onStart(context -> {
            begin.countDown();
            awaitComputing();
        }).settings(settings -> settings.withThread(ThreadKind.PLATFORM));
        daemon.add("late", "gate").onStart(context -> {
        }).critical(false);
        daemon.started();
        daemon.events.await("Starting late");
        daemon.time.awaitNextIn(Duration.ofSeconds(30));
        daemon.time.advance(Duration.ofSeconds(30));
        daemon.events.await("Failed late");
        assertThat(daemon.failure("late")).isEqualTo("PD-7001: subsystem 'late' has not started within 30s because its virtual "
                + "thread got no carrier to run on; busy on carriers: "
                + IntStream.range(0, CARRIERS).mapToObj(i -> "busy" + i + "#1 in its body").collect(Collectors.joining(", "))
                + "; set subsystem.thread=platform for those that compute without blocking");
    }

    @Test
    void aBodyThatIsNotWokenWhenItIsToStopIsAbandonedForThatReason() throws Exception {
        daemon.add("idle").run(context -> {
            begin.countDown();
            context.await();
        }).critical(false);
        daemon.started();
        awaitComputing();
        CompletionStage<Void> stopped = daemon.engine().stop("idle");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        daemon.events.await("StopTimedOut idle");
        daemon.time.awaitNextIn(Duration.ofSeconds(5));
        daemon.time.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> TestDaemon.get(stopped)).hasMessage("PD-7002: subsystem 'idle#1' did not end though it was "
                + "interrupted, and was abandoned in its body, whose virtual thread gets no carrier to run on; busy on carriers: "
                + IntStream.range(0, CARRIERS).mapToObj(i -> "busy" + i + "#1 in its body").collect(Collectors.joining(", "))
                + "; set subsystem.thread=platform for those that compute without blocking");
    }

    @Test
    void eventsAreHeardByListenersAndSubscribers() throws Exception {
        daemon.add("quiet");
        CountDownLatch heard = new CountDownLatch(1);
        Multi.createFrom().publisher(daemon.engine().events()).filter(event -> Events.text(event).equals("Stopped quiet"))
                .subscribe().with(event -> heard.countDown());
        daemon.started();
        begin.countDown();
        awaitComputing();
        TestDaemon.get(daemon.engine().stop("quiet"));
        daemon.events.await("Stopped quiet");
        assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
    }
}

package io.quarkiverse.procdaemon.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Work that begins and ends as it likes, against calls for quiet. */
@Timeout(120)
class RequestCohortsRaceTest {

    private static final int LANES = 3;
    private static final int CALLS = 500;
    private static final int REQUESTS = 50_000;

    private final RequestCohorts epochs = new RequestCohorts();

    /** A steady stream: something is always under way, since the next begins before the one before it ends, elsewhere. */
    private final class Lane {

        private final BlockingQueue<InFlightRequest> underWay = new ArrayBlockingQueue<>(4);
        private volatile boolean over;
        private volatile long begun;
        private volatile long ended;
        private final Thread begins = new Thread(this::begin, "begins");
        private final Thread ends = new Thread(this::end, "ends");

        void start() {
            begins.start();
            ends.start();
        }

        private void begin() {
            while (!over) {
                InFlightRequest request = new InFlightRequest(epochs.begin(), new AtomicInteger());
                begun = begun + 1;
                put(request);
            }
        }

        private void end() {
            // In this order: it may put its last one between the two questions.
            while (begins.isAlive() || !underWay.isEmpty()) {
                InFlightRequest request = take();
                if (request != null) {
                    ended = ended + 1;
                    request.end();
                }
            }
        }

        private void put(InFlightRequest request) {
            try {
                underWay.put(request);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private InFlightRequest take() {
            try {
                return underWay.poll(10, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void finish() throws InterruptedException {
            over = true;
            begins.join(20_000);
            ends.join(20_000);
        }
    }

    @RepeatedTest(5)
    void allThatHadBegunHasEndedWhenItIsQuiet() throws InterruptedException {
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            lanes.add(new Lane());
        }
        lanes.forEach(Lane::start);
        try {
            for (int call = 0; call < CALLS; call++) {
                long[] begun = lanes.stream().mapToLong(lane -> lane.begun).toArray();
                assertThat(epochs.awaitQuiet(Duration.ofSeconds(20))).as("call %d", call).isTrue();
                for (int i = 0; i < LANES; i++) {
                    assertThat(lanes.get(i).ended).as("call %d, lane %d", call, i).isGreaterThanOrEqualTo(begun[i]);
                }
            }
        } finally {
            for (Lane lane : lanes) {
                lane.finish();
            }
        }
        assertThat(epochs.awaitQuiet(Duration.ZERO)).isTrue();
    }

    /** One at a time, with nothing under way in between: each may begin in the very moment in which it is found quiet. */
    private final class Trickle extends Thread {

        private volatile long begun;
        private volatile long ended;

        @Override
        public void run() {
            for (int i = 0; i < REQUESTS; i++) {
                RequestCohort epoch = epochs.begin();
                begun = begun + 1;
                for (int spin = 0; spin < 100; spin++) {
                    Thread.onSpinWait();
                }
                ended = ended + 1;
                epoch.end();
            }
        }
    }

    @RepeatedTest(5)
    void noneSlipsInBetweenTwoCalls() throws InterruptedException {
        Trickle trickle = new Trickle();
        trickle.start();
        while (trickle.isAlive()) {
            long begun = trickle.begun;
            assertThat(epochs.awaitQuiet(Duration.ofSeconds(20))).isTrue();
            long ended = trickle.ended;
            assertThat(ended).isGreaterThanOrEqualTo(begun);
        }
        assertThat(trickle.begun).isEqualTo(REQUESTS);
    }
}

package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.LogCapture;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;

class HttpOrderTest {

    private static final Duration GRACEFUL = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final LogCapture log = new LogCapture(HttpOrder.class.getName());
    private final List<Duration> asked = new ArrayList<>();

    @AfterEach
    void close() {
        log.close();
        // What an interrupt leaves behind is none of the next test's business.
        Thread.interrupted();
    }

    private InFlightWork traffic(String name, boolean ends) {
        return new InFlightWork() {
            @Override
            public boolean awaitQuiet(Duration atMost) {
                asked.add(atMost);
                return ends;
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    private static HttpOrder order(boolean stopsSubsystemsFirst, Duration timeout, InFlightWork... traffic) {
        return HttpOrder.of(stopsSubsystemsFirst, timeout, GRACEFUL, List.of(traffic));
    }

    @Test
    void requestsGetHalfOfTheGracefulTimeIfNothingIsSet() {
        assertThat(order(false, Duration.ZERO).timeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(order(true, Duration.ZERO).timeout()).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void theyGetWhatIsSetForThem() {
        assertThat(order(true, TIMEOUT).timeout()).isEqualTo(TIMEOUT);
    }

    @Test
    void quarkusWaitsItselfIfTheHttpServerIsNext() {
        assertThat(order(false, TIMEOUT).serverWaits()).isTrue();
        assertThat(order(true, TIMEOUT).serverWaits()).isFalse();
        order(false, TIMEOUT, traffic("Requests", false)).awaitTraffic();
        assertThat(asked).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void whatEndsOnlyWhenItIsToldToIsEndedAndAwaitedInAnyCase() {
        InFlightWork upgrades = new InFlightWork() {
            @Override
            public void end() {
                asked.add(Duration.ZERO);
            }

            @Override
            public boolean isAwaitedByServer() {
                return false;
            }

            @Override
            public boolean awaitQuiet(Duration atMost) {
                asked.add(atMost);
                return true;
            }
        };
        order(false, TIMEOUT, traffic("Requests", false), upgrades).awaitTraffic();
        assertThat(asked).hasSize(2).first().isEqualTo(Duration.ZERO);
        assertThat(asked.get(1)).isPositive().isLessThanOrEqualTo(TIMEOUT);
    }

    @Test
    void allAreEndedBeforeTheFirstIsAwaited() {
        InFlightWork upgrades = new InFlightWork() {
            @Override
            public void end() {
                asked.add(Duration.ZERO);
            }

            @Override
            public boolean awaitQuiet(Duration atMost) {
                return true;
            }
        };
        order(true, TIMEOUT, traffic("Requests", true), upgrades).awaitTraffic();
        assertThat(asked).hasSize(2).first().isEqualTo(Duration.ZERO);
    }

    @Test
    void whoIsNextIsWhatWasAskedFor() {
        assertThat(order(true, TIMEOUT).stopsSubsystemsFirst()).isTrue();
        assertThat(order(false, TIMEOUT).stopsSubsystemsFirst()).isFalse();
    }

    @Test
    void whatEndsInTimeIsNotWorthAWord() {
        order(true, TIMEOUT, traffic("Requests", true)).awaitTraffic();
        assertThat(asked).singleElement().satisfies(time -> assertThat(time).isPositive().isLessThanOrEqualTo(TIMEOUT));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void whatDoesNotIsNamedAndTheNextIsWaitedForInWhatIsLeft() {
        order(false, Duration.ZERO, traffic("Requests", false), traffic("Messages", true), traffic("Calls", false))
                .awaitTraffic();
        assertThat(asked).hasSize(3).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(log.lines()).containsExactly(
                "WARN Requests did not end within 2.500s; the shutdown continues without them",
                "WARN Calls did not end within 2.500s; the shutdown continues without them");
    }

    @Test
    void anInterruptIsKeptAndTheShutdownGoesOn() {
        InFlightWork interrupted = new InFlightWork() {
            @Override
            public boolean awaitQuiet(Duration atMost) throws InterruptedException {
                throw new InterruptedException();
            }

            @Override
            public String toString() {
                return "Interrupted";
            }
        };
        order(true, TIMEOUT, interrupted, traffic("Requests", false)).awaitTraffic();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(asked).isEmpty();
    }
}

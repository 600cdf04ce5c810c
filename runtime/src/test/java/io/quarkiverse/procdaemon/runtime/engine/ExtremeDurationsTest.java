package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** Durations at the ends of the range are long or short, never an exception. */
@Timeout(60)
class ExtremeDurationsTest {

    private static final Duration MIN = Duration.ofSeconds(Long.MIN_VALUE);
    private static final Duration MAX = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    /** What Quarkus itself can still take as milliseconds. */
    private static final Duration MOST_MILLIS = Duration.ofHours(2_562_047_788_015L);

    static final List<Duration> LONG = List.of(MAX, MOST_MILLIS, Duration.ofNanos(Long.MAX_VALUE), Duration.ofDays(10_000));

    private final TestDaemon daemon = new TestDaemon();

    @ParameterizedTest
    @FieldSource("LONG")
    void aSubsystemRunsRestartsAndStopsByLongOnes(Duration length) throws Exception {
        CountDownLatch probed = new CountDownLatch(1);
        Bodies bodies = new Bodies();
        daemon.add("a").run(bodies::run).healthy(() -> {
            probed.countDown();
            return null;
        }).settings(settings -> settings.withStartTimeout(length).withStopTimeout(length).withHeartbeatTimeout(length)
                .withHealth(health -> new HealthSettings(Duration.ofHours(1), length, 1, false)))
                .restart(restart -> restart.withDelays(Duration.ofMillis(1), length, 2, 0).withBudget(1, length)
                        .withStableAfter(length));
        daemon.started();
        bodies.context(1).get(20, TimeUnit.SECONDS);
        daemon.time.advance(Duration.ofHours(1));
        assertThat(probed.await(20, TimeUnit.SECONDS)).isTrue();

        bodies.end(1).completeExceptionally(new IllegalStateException("boom"));
        daemon.time.awaitNextIn(Duration.ofMillis(1));
        daemon.time.advance(Duration.ofMillis(1));
        bodies.context(2).get(20, TimeUnit.SECONDS);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);

        daemon.stop();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
    }

    @ParameterizedTest
    @FieldSource("LONG")
    void aShutdownWaitsForTheApplicationAsLongAsItSays(Duration length) {
        daemon.add("a");
        daemon.started();
        daemon.engine().shutdownCoordinator().allow(length);
        daemon.engine().shutdownCoordinator().timeouts(new ShutdownTimeouts(length, length, length));
        daemon.engine().shutdownCoordinator().signalled(new ShutdownReason.Signal(15, "TERM"), 143);
        assertThat(TestDaemon.get(daemon.process.exitNow)).isEqualTo(143);
        daemon.stop();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.process.halted).isNotDone();
    }

    @Test
    void aBodyMayWaitForAnyTime() throws Exception {
        CountDownLatch waited = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            assertThat(context.await(MIN)).isFalse();
            assertThat(context.await(Duration.ZERO)).isFalse();
            waited.countDown();
            assertThat(context.await(MAX)).isTrue();
        });
        daemon.started();
        assertThat(waited.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.stop();
        assertThat(daemon.info("a").lastFailure()).isEmpty();
    }

    @Test
    void theyHaveATextToo() {
        assertThat(Durations.text(MAX)).isEqualTo("106751991167300 days");
        assertThat(Durations.text(MIN)).isEqualTo("-106751991167300 days");
        assertThat(Durations.text(Duration.ofDays(20_000))).isEqualTo("20000 days");
        assertThat(Durations.text(Duration.ofDays(1))).isEqualTo("1440m");
    }
}

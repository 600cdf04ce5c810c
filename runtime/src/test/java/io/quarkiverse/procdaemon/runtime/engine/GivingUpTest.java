package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;

/** Whatever its back-off, a subsystem is not restarted for ever. */
@Timeout(60)
class GivingUpTest {

    private static final int MORE_THAN_ENOUGH = 25;

    private final TestDaemon daemon = new TestDaemon();
    private final Bodies bodies = new Bodies();

    /** Ends as the test says. */
    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn).run(bodies::run).critical(false);
    }

    private void crash(long generation) {
        TestDaemon.get(bodies.context(generation));
        bodies.end(generation).completeExceptionally(new IOException("broken"));
    }

    /** Crashes, and comes back after the back-off. */
    private void crashAndComeBack(long generation, Duration backOff) throws InterruptedException {
        crash(generation);
        daemon.time.awaitNextIn(backOff);
        daemon.time.advance(backOff);
        TestDaemon.get(bodies.context(generation + 1));
    }

    private String reason() {
        daemon.events.await("GaveUp a");
        return daemon.events.all().stream().filter(SubsystemEvent.GaveUp.class::isInstance)
                .map(SubsystemEvent.GaveUp.class::cast).findFirst().orElseThrow().reason();
    }

    private SubsystemEvent.Restarting lastRestart() {
        return daemon.events.all().stream().filter(SubsystemEvent.Restarting.class::isInstance)
                .map(SubsystemEvent.Restarting.class::cast).reduce((first, last) -> last).orElseThrow();
    }

    @Test
    void aStartThatAlwaysHangsIsTriedAsOftenAsTheDefaultsAllow() throws Exception {
        daemon.add("a").onStart(context -> new CountDownLatch(1).await()).restart(restart -> restart);
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> daemon.started());
        for (int run = 1; run < MORE_THAN_ENOUGH && daemon.events.texts(SubsystemEvent.GaveUp.class).isEmpty(); run++) {
            daemon.events.await("Starting a", run);
            daemon.time.awaitNextIn(Duration.ofSeconds(30));
            daemon.time.advance(Duration.ofSeconds(30));
            daemon.events.awaitAny("Restarting a", run, "GaveUp a");
            daemon.time.advance(lastRestart().delay());
        }
        assertThatThrownBy(() -> TestDaemon.get(start)).isInstanceOf(SubsystemException.class)
                .hasMessageStartingWith("PD-4002: the daemon does not start because subsystem 'a' failed: ")
                .hasMessageContaining("has not started within 30s");
        assertThat(daemon.info("a").generation()).isEqualTo(11);
        assertThat(reason()).isEqualTo("it was restarted 10 times in a row without being RUNNING for 30s in between,"
                + " which is all that subsystem.restart.max-restarts allows");
    }

    @Test
    void restartsInARowCountHoweverFarApart() throws Exception {
        Duration hour = Duration.ofHours(1);
        add("a").restart(restart -> restart.withDelays(hour, hour, 1, 0).withBudget(2, Duration.ofSeconds(10)));
        daemon.started();
        crashAndComeBack(1, hour);
        crashAndComeBack(2, hour);
        crash(3);
        assertThat(reason()).startsWith("it was restarted 2 times in a row without being RUNNING for 30s in between");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        daemon.stop();
    }

    @Test
    void aStableRunEndsTheRow() throws Exception {
        Duration delay = Duration.ofSeconds(20);
        add("a").restart(restart -> restart.withDelays(delay, delay, 1, 0).withBudget(1, Duration.ofSeconds(10)));
        daemon.started();
        for (int run = 1; run < MORE_THAN_ENOUGH; run++) {
            daemon.time.advance(Duration.ofSeconds(30));
            crashAndComeBack(run, delay);
        }
        daemon.time.advance(Duration.ofMillis(29_999));
        crash(MORE_THAN_ENOUGH);
        assertThat(reason()).startsWith("it was restarted once in a row");
        daemon.stop();
    }

    @Test
    void aStableRunThatDidNotFailEndsTheRowToo() throws Exception {
        Duration delay = Duration.ofSeconds(20);
        daemon.add("below").run(ShutdownHandle::await).critical(false);
        add("a", "below").restart(restart -> restart.withDelays(delay, delay, 1, 0).withBudget(1, Duration.ofSeconds(10)));
        daemon.started();
        crashAndComeBack(1, delay);
        daemon.time.advance(Duration.ofSeconds(30));
        TestDaemon.get(daemon.engine().restart("below"));
        crashAndComeBack(3, delay);
        daemon.events.await("Restarting a", 2);
        assertThat(lastRestart().attempt()).as("the back-off is the first again").isEqualTo(1);
        daemon.stop();
    }

    @Test
    void aStableRunDoesNotEndTheWindow() throws Exception {
        Duration delay = Duration.ofSeconds(1);
        add("a").restart(restart -> restart.withDelays(delay, delay, 1, 0).withBudget(2, Duration.ofMinutes(5)));
        daemon.started();
        for (int run = 1; run <= 2; run++) {
            daemon.time.advance(Duration.ofSeconds(30));
            crashAndComeBack(run, delay);
        }
        daemon.time.advance(Duration.ofSeconds(30));
        crash(3);
        assertThat(reason()).isEqualTo(
                "it was restarted 2 times within 5m, which is all that subsystem.restart.max-restarts allows");
        daemon.stop();
    }

    @Test
    void whatIsLeftIsTheSmallerRemainder() throws Exception {
        Duration delay = Duration.ofSeconds(2);
        add("a").restart(restart -> restart.withDelays(delay, delay, 1, 0).withBudget(3, Duration.ofSeconds(10))
                .withStableAfter(Duration.ofSeconds(5)));
        daemon.started();
        assertThat(left()).hasValue(3);
        crashAndComeBack(1, delay);
        crashAndComeBack(2, delay);
        assertThat(left()).as("two in a row").hasValue(1);
        daemon.time.advance(Duration.ofMillis(4_999));
        assertThat(left()).as("not stable yet").hasValue(1);
        daemon.time.advance(Duration.ofMillis(1));
        assertThat(left()).as("stable, but two are in the window").hasValue(1);
        daemon.time.advance(Duration.ofSeconds(1));
        assertThat(left()).as("one has left the window").hasValue(2);
        daemon.time.advance(Duration.ofSeconds(2));
        assertThat(left()).as("both have").hasValue(3);
        for (int run = 3; run <= 5; run++) {
            crashAndComeBack(run, delay);
        }
        assertThat(left()).hasValue(0);
        crash(6);
        assertThat(reason()).startsWith("it was restarted 3 times within 10s");
        daemon.time.advance(Duration.ofHours(1));
        assertThat(left()).as("it is FAILED for good").hasValue(0);
        TestDaemon.get(daemon.engine().start("a"));
        assertThat(left()).hasValue(3);
        daemon.stop();
    }

    @Test
    void whatIsLeftAfterAStableRunHasEndedOtherwiseIsAllThatTheWindowAllows() throws Exception {
        Duration delay = Duration.ofSeconds(20);
        add("a").restart(restart -> restart.withDelays(delay, delay, 1, 0).withBudget(3, Duration.ofSeconds(10)));
        daemon.started();
        crashAndComeBack(1, delay);
        daemon.time.advance(Duration.ofSeconds(29));
        assertThat(left()).hasValue(2);
        daemon.time.advance(Duration.ofSeconds(1));
        assertThat(left()).hasValue(3);
        TestDaemon.get(daemon.engine().stop("a"));
        assertThat(left()).hasValue(3);
        daemon.stop();
    }

    @Test
    void withoutALimitNothingIsLeftToCount() throws Exception {
        Duration delay = Duration.ofSeconds(1);
        add("a").restart(restart -> restart.withDelays(delay, delay, 1, 0).withBudget(RestartSettings.UNLIMITED, delay));
        daemon.started();
        for (int run = 1; run < MORE_THAN_ENOUGH; run++) {
            crashAndComeBack(run, delay);
        }
        assertThat(left()).isEmpty();
        daemon.stop();
    }

    private OptionalInt left() {
        return daemon.info("a").restartsLeft();
    }

    @Test
    void theNextAttemptIsKnownWhileItIsAwaited() throws Exception {
        daemon.jitter = () -> 0.5;
        add("a").restart(restart -> restart.withDelays(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, 0.2));
        daemon.started();
        assertThat(daemon.info("a").nextAttempt()).isEmpty();
        daemon.time.advance(Duration.ofSeconds(3));
        crash(1);
        daemon.time.awaitNextIn(Duration.ofSeconds(9));
        assertThat(daemon.info("a").nextAttempt()).contains(Instant.EPOCH.plusSeconds(12));
        daemon.time.advance(Duration.ofSeconds(8));
        assertThat(daemon.info("a").nextAttempt()).contains(Instant.EPOCH.plusSeconds(12));
        daemon.time.advance(Duration.ofSeconds(1));
        assertThat(daemon.info("a").nextAttempt()).isEmpty();
        TestDaemon.get(bodies.context(2));

        crash(2);
        daemon.time.awaitNextIn(Duration.ofSeconds(9));
        TestDaemon.get(daemon.engine().stop("a"));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.info("a").nextAttempt()).isEmpty();
        daemon.stop();
    }

    @Test
    void aStartThroughTheApiGivesItTheWholeBudgetAgain() throws Exception {
        Duration hour = Duration.ofHours(1);
        add("a").restart(restart -> restart.withDelays(hour, hour, 1, 0).withBudget(1, Duration.ofSeconds(10)));
        daemon.started();
        crashAndComeBack(1, hour);
        crash(2);
        daemon.events.await("GaveUp a");
        TestDaemon.get(daemon.engine().start("a"));
        crashAndComeBack(3, hour);
        assertThat(daemon.info("a").generation()).isEqualTo(4);
        daemon.stop();
    }
}

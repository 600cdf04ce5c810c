package io.quarkiverse.procdaemon.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.config.MetricsConfig;
import io.quarkiverse.procdaemon.runtime.config.MetricsConfig.PerSubsystem;
import io.quarkiverse.procdaemon.runtime.config.MetricsConfig.StateGauge;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.EngineOptions;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;
import io.quarkus.runtime.StartupEvent;

/** The meters by themselves: no event reaches them but those that a test sends. */
@Timeout(60)
class DaemonMetersTest {

    private static final Instant AT = Instant.EPOCH;
    // What is there for one subsystem.
    private static final int SERIES = 1 + SubsystemState.values().length + 9;
    /** What is there without a subsystem: of reloads, resources, and all subsystems together. */
    private static final int OTHERS = ReloadResult.Status.values().length + 3 + 10 + SubsystemState.values().length + 7;

    private final MeterRegistry simple = new SimpleMeterRegistry();
    private final MeterRegistry registry = new CompositeMeterRegistry().add(simple);
    private Engine engine = engine("a", "b");
    private DaemonMeters meters = new DaemonMeters(config(PerSubsystem.ALL, StateGauge.SERIES));

    private static MetricsConfig config(PerSubsystem perSubsystem, StateGauge state) {
        return new MetricsConfig() {
            @Override
            public PerSubsystem perSubsystem() {
                return perSubsystem;
            }

            @Override
            public StateGauge state() {
                return state;
            }
        };
    }

    private Engine engine(String... names) {
        return engine(Arrays.stream(names).map(name -> new SubsystemSpec(name, List.of(),
                new Behavior(null, null, null, null), SubsystemSettings.DEFAULT)).toList());
    }

    private Engine engine(List<SubsystemSpec> specs, SubsystemListener... listeners) {
        return new Engine(new EngineOptions("test", ShutdownTimeouts.DEFAULT,
                new Platform(Clock.SYSTEM, new SystemThreads(), LoneTimer::new), () -> 0,
                (name, restart, critical) -> () -> SubsystemSettings.DEFAULT, List.of(listeners), ProcessControl.NONE,
                Optional.empty()),
                specs);
    }

    @AfterEach
    void stop() {
        if (engine != null) {
            engine.stop(new ShutdownReason.Requested("the test"));
        }
    }

    private static Failure failure(SubsystemEvent.Phase phase) {
        return new Failure("java.io.IOException", "broken", "", phase, 1, AT);
    }

    @Test
    void allSeriesAreThereBeforeTheFirstEventIfTheRegistryComesFirst() {
        meters.bindTo(registry);
        meters.starting(new StartupEvent(), engine);
        assertUntouched("a", "b");
    }

    @Test
    void allSeriesAreThereBeforeTheFirstEventIfTheEngineComesFirst() {
        meters.starting(new StartupEvent(), engine);
        meters.bindTo(registry);
        assertUntouched("a", "b");
    }

    @Test
    void aNameSaidTwiceHasItsMetersOnce() {
        meters.registered("a");
        bind();
        meters.registered("b");
        assertUntouched("a", "b");
    }

    @Test
    void everyMeterHasADescription() {
        bind();
        assertThat(simple.getMeters()).allSatisfy(
                meter -> assertThat(meter.getId().getDescription()).as(meter.getId().getName()).isNotBlank());
        assertThat(simple.get("proc.daemon.subsystem.start").meter().getId().getBaseUnit()).isEqualTo("seconds");
        assertThat(simple.get("proc.daemon.subsystem.failures").meter().getId().getBaseUnit()).isEqualTo("failures");
        assertThat(simple.get("proc.daemon.subsystem.restarts").meter().getId().getBaseUnit()).isEqualTo("restarts");
    }

    @Test
    void gaugesReadTheEngineAndNeedNoEvent() throws Exception {
        bind();
        engine.start();
        assertState("a", SubsystemState.RUNNING);
        engine.stop("a").toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertState("a", SubsystemState.STOPPED);
        assertState("b", SubsystemState.RUNNING);
    }

    @Test
    void restartsToComeAreRead() throws Exception {
        CountDownLatch restarting = new CountDownLatch(2);
        engine = engine(List.of(failing("limited", 3), failing("unlimited", RestartSettings.UNLIMITED)), event -> {
            if (event instanceof SubsystemEvent.Restarting) {
                restarting.countDown();
            }
        });
        bind();
        assertThat(gauge("restarts.left", "limited")).isEqualTo(3);
        assertThat(gauge("restarts.left", "unlimited")).isNaN();
        assertThat(gauge("next.attempt", "limited")).isNaN();
        engine.start();
        assertThat(restarting.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(gauge("restarts.left", "limited")).isEqualTo(2);
        assertThat(gauge("restarts.left", "unlimited")).isNaN();
        Instant next = engine.subsystem("limited").orElseThrow().nextAttempt().orElseThrow();
        assertThat(gauge("next.attempt", "limited")).isEqualTo(next.toEpochMilli() / 1000.0);
    }

    private static SubsystemSpec failing(String name, int maxRestarts) {
        Duration hour = Duration.ofHours(1);
        return new SubsystemSpec(name, List.of(), new Behavior(null, context -> {
            throw new IllegalStateException("broken");
        }, null, null), SubsystemSettings.DEFAULT
                .withRestart(restart -> restart.withDelays(hour, hour, 1, 0).withBudget(maxRestarts, hour)));
    }

    @Test
    void countersAndTimersFollowTheEventsOfTheirSubsystem() {
        bind();
        send();
        assertCounted("a");
        assertUntouched("b");
    }

    @Test
    void whatHappenedBeforeThereIsARegistryCounts() {
        meters.starting(new StartupEvent(), engine);
        send();
        meters.bindTo(registry);
        assertCounted("a");
    }

    private void send() {
        meters.onEvent(new SubsystemEvent.Started(1, "a", 1, AT, Duration.ofMillis(300)));
        meters.onEvent(new SubsystemEvent.Failed(2, "a", 1, AT, failure(SubsystemEvent.Phase.RUN)));
        meters.onEvent(new SubsystemEvent.Restarting(3, "a", 1, AT, Duration.ofMillis(100), 1));
        meters.onEvent(new SubsystemEvent.Failed(4, "a", 2, AT, failure(SubsystemEvent.Phase.START)));
        meters.onEvent(new SubsystemEvent.Restarting(5, "a", 2, AT, Duration.ofMillis(200), 2));
        meters.onEvent(new SubsystemEvent.Failed(6, "a", 3, AT, failure(SubsystemEvent.Phase.START)));
        meters.onEvent(new SubsystemEvent.GaveUp(7, "a", 3, AT, failure(SubsystemEvent.Phase.START), "enough"));
        meters.onEvent(new SubsystemEvent.Started(8, "a", 4, AT, Duration.ofMillis(500)));
        meters.onEvent(new SubsystemEvent.Stopping(9, "a", 4, AT, new ShutdownReason.Stop()));
        meters.onEvent(new SubsystemEvent.Stopped(10, "a", 4, AT, Duration.ofMillis(70)));
    }

    private void assertCounted(String subsystem) {
        assertThat(counter("restarts", subsystem)).isEqualTo(2);
        assertThat(counter("failures", subsystem)).isEqualTo(3);
        assertTimer("start", subsystem, 2, 800);
        assertTimer("stop", subsystem, 1, 70);
    }

    @Test
    void theEndOfWhatHadNotRunIsNoStop() {
        bind();
        meters.onEvent(new SubsystemEvent.Stopped(1, "a", 0, AT, Duration.ZERO));
        assertTimer("stop", "a", 0, 0);
    }

    @Test
    void theEndOfABackOffIsNoStop() {
        bind();
        meters.onEvent(new SubsystemEvent.Failed(1, "a", 1, AT, failure(SubsystemEvent.Phase.RUN)));
        meters.onEvent(new SubsystemEvent.Restarting(2, "a", 1, AT, Duration.ofMillis(100), 1));
        meters.onEvent(new SubsystemEvent.Stopped(3, "a", 1, AT, Duration.ZERO));
        assertTimer("stop", "a", 0, 0);
    }

    @Test
    void aStopThatTakesNoTimeIsOne() {
        bind();
        meters.onEvent(new SubsystemEvent.Stopping(1, "a", 1, AT, new ShutdownReason.Stop()));
        meters.onEvent(new SubsystemEvent.Stopped(2, "a", 1, AT, Duration.ZERO));
        assertTimer("stop", "a", 1, 0);
        meters.onEvent(new SubsystemEvent.Stopped(3, "a", 1, AT, Duration.ZERO));
        assertTimer("stop", "a", 1, 0);
    }

    @Test
    void anOutageHasALengthUntilItIsOver() {
        bind();
        assertThat(gauge("outage", "a")).isZero();
        Instant began = Instant.now().minusSeconds(90);
        meters.onEvent(new SubsystemEvent.OutageBegan(1, "a", 1, began, "no sink"));
        assertThat(gauge("outage", "a")).isGreaterThanOrEqualTo(90);
        assertThat(gauge("outage", "b")).isZero();
        meters.onEvent(new SubsystemEvent.OutageEnded(2, "a", 1, AT, Duration.ofSeconds(90), true));
        assertThat(gauge("outage", "a")).isZero();
    }

    @Test
    void aNumberCanReplaceTheSeriesOfTheStates() throws Exception {
        meters = new DaemonMeters(config(PerSubsystem.ALL, StateGauge.NUMBER));
        bind();
        assertThat(simple.find("proc.daemon.subsystem.state").meters()).isEmpty();
        assertThat(simple.getMeters()).hasSize(2 * (SERIES - SubsystemState.values().length + 1) + OTHERS);
        assertThat(gauge("state.number", "a")).isEqualTo(0);
        engine.start();
        assertThat(gauge("state.number", "a")).isEqualTo(3);
        engine.stop("a").toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(gauge("state.number", "a")).isEqualTo(5);
        meters.registered("unknown");
        assertThat(gauge("state.number", "unknown")).isNaN();
    }

    @Test
    void criticalOnesAloneCanHaveMeters() {
        engine = engine(List.of(spec("a", SubsystemSettings.DEFAULT.withCritical(true)),
                spec("b", SubsystemSettings.DEFAULT.withCritical(false))));
        meters = new DaemonMeters(config(PerSubsystem.CRITICAL, StateGauge.SERIES));
        meters.registered("a");
        bind();
        assertUntouched("a");
        assertThat(simple.getMeters()).hasSize(SERIES + OTHERS);
    }

    @Test
    void withoutMetersOfTheirOwnTheTotalsTellWhatHappens() throws Exception {
        engine = engine(List.of(spec("a", SubsystemSettings.DEFAULT.withCritical(true)),
                spec("b", SubsystemSettings.DEFAULT.withCritical(false))));
        meters = new DaemonMeters(config(PerSubsystem.NONE, StateGauge.SERIES));
        bind();
        assertThat(simple.getMeters()).hasSize(OTHERS);
        assertTotals(0, 1, 0);
        engine.start();
        assertTotals(2, 0, 1);
        engine.stop("b").toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertTotals(1, 0, 1);
        engine.stop("a").toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertTotals(0, 1, 0);
        send();
        assertThat(simple.get("proc.daemon.subsystems.restarts").counter().count()).isEqualTo(2);
        assertThat(simple.get("proc.daemon.subsystems.failures").counter().count()).isEqualTo(3);
    }

    private void assertTotals(int running, int criticalDown, int ready) {
        assertThat(simple.get("proc.daemon.subsystems").tag("state", "RUNNING").gauge().value()).isEqualTo(running);
        assertThat(total("critical.down")).isEqualTo(criticalDown);
        assertThat(simple.get("proc.daemon.ready").gauge().value()).isEqualTo(ready);
    }

    private double total(String name) {
        return simple.get("proc.daemon.subsystems." + name).gauge().value();
    }

    @Test
    void aDrainEndsReadiness() {
        bind();
        engine.start();
        assertTotals(2, 0, 1);
        engine.drain();
        assertTotals(2, 0, 0);
        engine.resume();
        assertTotals(2, 0, 1);
    }

    @Test
    void theLongestOutageIsThatOfAll() {
        bind();
        assertThat(total("in.outage")).isZero();
        assertThat(total("outage")).isZero();
        meters.onEvent(new SubsystemEvent.OutageBegan(1, "a", 1, Instant.now().minusSeconds(90), "no sink"));
        meters.onEvent(new SubsystemEvent.OutageBegan(2, "b", 1, Instant.now().minusSeconds(30), "no sink"));
        assertThat(total("in.outage")).isEqualTo(2);
        assertThat(total("outage")).isGreaterThanOrEqualTo(90);
        meters.unregistered("a");
        assertThat(total("in.outage")).isEqualTo(1);
        assertThat(total("outage")).isBetween(30.0, 89.0);
        meters.onEvent(new SubsystemEvent.OutageEnded(3, "b", 1, AT, Duration.ofSeconds(30), true));
        assertThat(total("outage")).isZero();
    }

    @Test
    void workInFlightIsThatOfTheSubsystemAndOfAll() {
        bind();
        engine.start();
        try (WorkInFlight one = engine.beginWork("a").orElseThrow(); WorkInFlight other = engine.beginWork("b").orElseThrow()) {
            assertThat(gauge("in.flight", "a")).isEqualTo(1);
            assertThat(total("in.flight")).isEqualTo(2);
        }
        assertThat(gauge("in.flight", "a")).isZero();
        assertThat(total("in.flight")).isZero();
    }

    @Test
    void aHeartbeatHasAnAgeOnlyIfItIsExpected() throws Exception {
        CountDownLatch beaten = new CountDownLatch(1);
        engine = engine(List.of(new SubsystemSpec("a", List.of(), new Behavior(null, context -> {
            context.heartbeat();
            beaten.countDown();
            new CountDownLatch(1).await();
            return null;
        }, null, null), SubsystemSettings.DEFAULT.withHeartbeatTimeout(Duration.ofHours(1))),
                spec("b", SubsystemSettings.DEFAULT)));
        bind();
        assertThat(gauge("heartbeat.age", "a")).isNaN();
        engine.start();
        assertThat(beaten.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(gauge("heartbeat.age", "a")).isBetween(0.0, 3600.0);
        assertThat(gauge("heartbeat.age", "b")).isNaN();
    }

    /** As many subsystems as somebody may have; what a scrape of Prometheus makes of their meters is in the guide. */
    @Test
    void theSettingsDecideHowManyMetersFiveThousandSubsystemsHave() {
        engine = engine(IntStream.range(0, 5_000)
                .mapToObj(i -> spec("s" + i, SubsystemSettings.DEFAULT.withCritical(i % 100 == 0))).toList());
        assertThat(metersWith(PerSubsystem.ALL, StateGauge.SERIES)).isEqualTo(5_000 * SERIES + OTHERS);
        assertThat(metersWith(PerSubsystem.ALL, StateGauge.NUMBER)).isEqualTo(5_000 * (SERIES - 7) + OTHERS);
        assertThat(metersWith(PerSubsystem.CRITICAL, StateGauge.NUMBER)).isEqualTo(50 * (SERIES - 7) + OTHERS);
        assertThat(metersWith(PerSubsystem.NONE, StateGauge.SERIES)).isEqualTo(OTHERS);
    }

    private int metersWith(PerSubsystem perSubsystem, StateGauge state) {
        meters = new DaemonMeters(config(perSubsystem, state));
        bind();
        int size = simple.getMeters().size();
        meters.close();
        return size;
    }

    private static SubsystemSpec spec(String name, SubsystemSettings settings) {
        return new SubsystemSpec(name, List.of(), new Behavior(null, null, null, null), settings);
    }

    @Test
    void aSubsystemRegisteredLateHasItsMeters() {
        bind();
        meters.registered("late");
        meters.onEvent(new SubsystemEvent.Failed(1, "late", 1, AT, failure(SubsystemEvent.Phase.RUN)));
        assertThat(simple.getMeters()).hasSize(3 * SERIES + OTHERS);
        assertThat(counter("failures", "late")).isEqualTo(1);
        // This engine does not know it.
        assertThat(gauge("up", "late")).isZero();
    }

    @Test
    void reloadsAreCountedByTheirResultsAlsoBeforeThereIsARegistry() {
        meters.reloaded(new ReloadResult(ReloadResult.Status.APPLIED, 2, Set.of("a"), Set.of(), List.of()), AT);
        bind();
        meters.reloadBegan();
        meters.reloaded(new ReloadResult(ReloadResult.Status.REJECTED, 2, Set.of(), Set.of(), List.of()), AT.plusSeconds(9));
        meters.reloaded(new ReloadResult(ReloadResult.Status.UNCHANGED, 2, Set.of(), Set.of(), List.of()), AT.plusSeconds(1));
        assertThat(simple.get("proc.daemon.reload").tag("result", "applied").counter().count()).isEqualTo(1);
        assertThat(simple.get("proc.daemon.reload").tag("result", "rejected").counter().count()).isEqualTo(1);
        assertThat(simple.get("proc.daemon.reload").tag("result", "unchanged").counter().count()).isEqualTo(1);
        assertThat(simple.get("proc.daemon.reload.duration").timer().count()).isEqualTo(1);
        assertThat(simple.get("proc.daemon.config.epoch").gauge().value()).isEqualTo(2);
        assertThat(simple.get("proc.daemon.reload.last.success").gauge().value()).isEqualTo(AT.getEpochSecond() + 1);
    }

    @Test
    void anUnregisteredSubsystemLosesItsMetersAndComesBackFromZero() {
        bind();
        send();
        meters.unregistered("a");
        meters.onEvent(new SubsystemEvent.Failed(11, "a", 4, AT, failure(SubsystemEvent.Phase.STOP)));
        assertUntouched("b");
        assertThat(registry.getMeters()).hasSize(SERIES + OTHERS);
        meters.registered("a");
        assertUntouched("a", "b");
    }

    @Test
    void atTheEndNothingIsLeftAndNothingComesAfterIt() {
        bind();
        meters.close();
        meters.registered("late");
        send();
        assertThat(Stream.concat(registry.getMeters().stream(), simple.getMeters().stream())).isEmpty();
    }

    @Test
    void theRegistryDoesNotKeepTheEngineAlive() {
        bind();
        WeakReference<Engine> gone = new WeakReference<>(engine);
        engine = null;
        meters = null;
        for (int i = 0; i < 20 && gone.get() != null; i++) {
            System.gc();
        }
        assertThat(gone.get()).isNull();
        assertThat(simple.getMeters()).hasSize(2 * SERIES + OTHERS);
    }

    private void bind() {
        meters.bindTo(registry);
        meters.starting(new StartupEvent(), engine);
    }

    /** These subsystems have all their meters, and nothing has happened to them. */
    private void assertUntouched(String... subsystems) {
        assertThat(simple.getMeters().stream().map(Meter::getId)
                .filter(id -> Set.of(subsystems).contains(String.valueOf(id.getTag("subsystem")))))
                .hasSize(subsystems.length * SERIES);
        for (String subsystem : subsystems) {
            assertState(subsystem, SubsystemState.REGISTERED);
            assertThat(gauge("next.attempt", subsystem)).isNaN();
            assertThat(counter("restarts", subsystem)).isZero();
            assertThat(counter("failures", subsystem)).isZero();
            assertTimer("start", subsystem, 0, 0);
            assertTimer("stop", subsystem, 0, 0);
        }
    }

    private void assertState(String subsystem, SubsystemState state) {
        assertThat(gauge("up", subsystem)).isEqualTo(state == SubsystemState.RUNNING ? 1 : 0);
        assertThat(SubsystemState.values()).allSatisfy(each -> assertThat(
                simple.get("proc.daemon.subsystem.state").tags("subsystem", subsystem, "state", each.name()).gauge().value())
                .as(each.name()).isEqualTo(each == state ? 1 : 0));
    }

    private double gauge(String name, String subsystem) {
        return simple.get("proc.daemon.subsystem." + name).tags(List.of(Tag.of("subsystem", subsystem))).gauge().value();
    }

    private double counter(String name, String subsystem) {
        return simple.get("proc.daemon.subsystem." + name).tags(List.of(Tag.of("subsystem", subsystem))).counter().count();
    }

    private void assertTimer(String name, String subsystem, long count, double millis) {
        Timer timer = simple.get("proc.daemon.subsystem." + name).tags(List.of(Tag.of("subsystem", subsystem))).timer();
        assertThat(timer.count()).as(name).isEqualTo(count);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).as(name).isCloseTo(millis, within(0.001));
    }
}

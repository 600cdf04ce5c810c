package io.quarkiverse.procdaemon.runtime.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.config.MetricsConfig.StateGauge;

/** The meters of one subsystem. Its gauges reference what they read weakly, as usual with Micrometer. */
final class SubsystemMeters {

    private static final String PREFIX = "proc.daemon.subsystem.";

    private final List<Meter> all = new ArrayList<>();
    private final Counter restarts;
    private final Counter failures;
    private final Timer start;
    private final Timer stop;
    /** Whether a run is stopping: a subsystem that is not running can be stopped too, which takes no time. */
    private boolean stopping;
    /** Null if there is none. */
    private volatile @Nullable Instant outageBegan;

    SubsystemMeters(String subsystem, SubsystemReadings daemon, StateGauge states, MeterRegistry registry) {
        Tags tags = Tags.of("subsystem", subsystem);
        all.add(gauge("up", subsystem, SubsystemState.RUNNING, daemon)
                .description("1 while the subsystem is RUNNING, else 0").tags(tags).register(registry));
        if (states == StateGauge.NUMBER) {
            all.add(Gauge.builder(PREFIX + "state.number", daemon, read -> read.stateNumber(subsystem))
                    .description("The state of the subsystem: 0 REGISTERED, 1 WAITING, 2 STARTING, 3 RUNNING, 4 STOPPING, "
                            + "5 STOPPED, 6 RESTARTING, 7 FAILED")
                    .tags(tags).register(registry));
        } else {
            for (SubsystemState state : SubsystemState.values()) {
                all.add(gauge("state", subsystem, state, daemon)
                        .description("1 for the current state of the subsystem, 0 for every other")
                        .tags(tags.and("state", state.name())).register(registry));
            }
        }
        all.add(Gauge.builder(PREFIX + "heartbeat.age", daemon, read -> read.heartbeatAge(subsystem)).baseUnit("seconds")
                .description("The age of the last heartbeat of the subsystem; NaN if it need not give any").tags(tags)
                .register(registry));
        all.add(Gauge.builder(PREFIX + "in.flight", daemon, read -> read.workInFlight(subsystem))
                .description("The work in flight of the subsystem, which its stop waits for").tags(tags).register(registry));
        all.add(Gauge.builder(PREFIX + "restarts.left", daemon, read -> read.restartsLeft(subsystem))
                .description("The restarts left before the subsystem has failed permanently; NaN if there is no limit")
                .tags(tags).register(registry));
        all.add(Gauge.builder(PREFIX + "next.attempt", daemon, read -> read.nextAttempt(subsystem)).baseUnit("seconds")
                .description("The time of the next start of the subsystem, in seconds since 1970; NaN if none is due")
                .tags(tags).register(registry));
        all.add(Gauge.builder(PREFIX + "outage", this, SubsystemMeters::outage).baseUnit("seconds")
                .description("How long something that the subsystem needs has been unavailable; 0 if nothing is")
                .tags(tags).register(registry));
        restarts = add(Counter.builder(PREFIX + "restarts").baseUnit("restarts")
                .description("Automatic restarts of the subsystem")
                .tags(tags).register(registry));
        failures = add(Counter.builder(PREFIX + "failures").baseUnit("failures")
                .description("Failures of the subsystem while it started, ran or cleaned up").tags(tags)
                .register(registry));
        start = add(Timer.builder(PREFIX + "start").description("The time until the subsystem was RUNNING")
                .tags(tags).register(registry));
        stop = add(Timer.builder(PREFIX + "stop").description("The duration of clean stops of the subsystem")
                .tags(tags).register(registry));
    }

    private static Gauge.Builder<SubsystemReadings> gauge(String name, String subsystem, SubsystemState state,
            SubsystemReadings daemon) {
        return Gauge.builder(PREFIX + name, daemon, read -> read.isIn(subsystem, state) ? 1 : 0);
    }

    private <T extends Meter> T add(T meter) {
        all.add(meter);
        return meter;
    }

    private double outage() {
        Instant began = outageBegan;
        return began == null ? 0 : Math.max(0, Duration.between(began, Instant.now()).toMillis()) / 1000.0;
    }

    /** Called by one thread, in the order of the events. */
    void count(SubsystemEvent event) {
        if (event instanceof SubsystemEvent.Restarting) {
            restarts.increment();
            stopping = false;
        } else if (event instanceof SubsystemEvent.Failed) {
            failures.increment();
            stopping = true;
        } else if (event instanceof SubsystemEvent.Started started) {
            start.record(started.took());
        } else if (event instanceof SubsystemEvent.Stopping) {
            stopping = true;
        } else if (event instanceof SubsystemEvent.GaveUp) {
            stopping = false;
        } else if (event instanceof SubsystemEvent.Stopped stopped && stopping) {
            stop.record(stopped.took());
            stopping = false;
        } else if (event instanceof SubsystemEvent.OutageBegan began) {
            outageBegan = began.at();
        } else if (event instanceof SubsystemEvent.OutageEnded) {
            outageBegan = null;
        }
    }

    void removeFrom(MeterRegistry registry) {
        all.forEach(registry::remove);
    }
}

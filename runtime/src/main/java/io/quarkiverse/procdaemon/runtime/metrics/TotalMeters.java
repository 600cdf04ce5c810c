package io.quarkiverse.procdaemon.runtime.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** The meters of all subsystems together: as many series for five thousand as for one. */
final class TotalMeters {

    private static final String PREFIX = "proc.daemon.subsystems";

    private final List<Meter> all = new ArrayList<>();
    private final Counter restarts;
    private final Counter failures;
    /** When the outages began that have not ended, by the names of the subsystems. */
    private final Map<String, Instant> outages = new ConcurrentHashMap<>();

    /** @param subsystems what to read; held weakly */
    TotalMeters(MeterRegistry registry, SubsystemReadings subsystems) {
        for (SubsystemState state : SubsystemState.values()) {
            all.add(Gauge.builder(PREFIX, subsystems, read -> read.count(info -> info.state() == state))
                    .description("The number of subsystems in each state").tag("state", state.name()).register(registry));
        }
        all.add(Gauge.builder(PREFIX + ".critical.down", subsystems,
                read -> read.count(info -> info.critical() && info.state() != SubsystemState.RUNNING))
                .description("The number of critical subsystems that are not RUNNING").register(registry));
        all.add(Gauge.builder(PREFIX + ".in.flight", subsystems, SubsystemReadings::workInFlight)
                .description("The work in flight of the whole daemon, which a drain waits for").register(registry));
        all.add(Gauge.builder("proc.daemon.ready", subsystems, read -> read.isReady() ? 1 : 0)
                .description("1 while all critical subsystems are ready and the daemon neither drains nor stops, else 0")
                .register(registry));
        outageGauge(registry, ".in.outage", null, "The number of subsystems that need something that is unavailable",
                meters -> meters.outages.size());
        outageGauge(registry, ".outage", "seconds", "The duration of the longest outage of a subsystem; 0 if there is none",
                TotalMeters::longestOutage);
        restarts = counter(registry, "restarts", "Automatic restarts of all subsystems");
        failures = counter(registry, "failures", "Failures of all subsystems while they started, ran or cleaned up");
    }

    private void outageGauge(MeterRegistry registry, String name, @Nullable String unit, String description,
            ToDoubleFunction<TotalMeters> value) {
        all.add(Gauge.builder(PREFIX + name, this, value).baseUnit(unit).description(description).register(registry));
    }

    private Counter counter(MeterRegistry registry, String name, String description) {
        Counter counter = Counter.builder(PREFIX + "." + name).baseUnit(name).description(description).register(registry);
        all.add(counter);
        return counter;
    }

    private double longestOutage() {
        return outages.values().stream().min(Instant::compareTo)
                .map(began -> Math.max(0, Duration.between(began, Instant.now()).toMillis()) / 1000.0).orElse(0.0);
    }

    /** Called by one thread, in the order of the events. */
    void count(SubsystemEvent event) {
        if (event instanceof SubsystemEvent.Restarting) {
            restarts.increment();
        } else if (event instanceof SubsystemEvent.Failed) {
            failures.increment();
        } else if (event instanceof SubsystemEvent.OutageBegan began) {
            outages.put(began.subsystem(), began.at());
        } else if (event instanceof SubsystemEvent.OutageEnded) {
            outages.remove(event.subsystem());
        }
    }

    /** That subsystem is there no more. */
    void unregistered(String subsystem) {
        outages.remove(subsystem);
    }

    void removeFrom(MeterRegistry registry) {
        all.forEach(registry::remove);
    }
}

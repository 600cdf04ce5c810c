package io.quarkiverse.procdaemon.runtime.metrics;

import static jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.MetricsConfig;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkus.runtime.StartupEvent;

/**
 * The meters of all subsystems. The registry may be available before the engine or after it; what happens before there is a
 * registry is applied once there is one.
 */
@Singleton
public class DaemonMeters implements MeterBinder, DaemonListener {

    // Not synchronized: that would pin the virtual thread that delivers the events.
    private final Lock lock = new ReentrantLock();
    private final Map<String, SubsystemMeters> meters = new HashMap<>();
    private final List<Consumer<MeterRegistry>> early = new ArrayList<>();
    private @Nullable MeterRegistry registry;
    private final SubsystemReadings readings = new SubsystemReadings();
    private final MetricsConfig config;
    private @Nullable TotalMeters totals;
    private @Nullable ReloadMeters reloads;
    private @Nullable ResourceMeters resources;
    private boolean closed;

    @Inject
    DaemonMeters(DaemonConfig config) {
        this(config.metrics());
    }

    DaemonMeters(MetricsConfig config) {
        this.config = config;
    }

    void starting(@Observes @Priority(PLATFORM_BEFORE) StartupEvent event, DaemonInternals daemon) {
        locked(() -> {
            readings.of(daemon);
            daemon.subsystems().forEach(subsystem -> registered(subsystem.name()));
        });
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        locked(() -> {
            this.registry = registry;
            totals = new TotalMeters(registry, readings);
            reloads = new ReloadMeters(registry);
            resources = new ResourceMeters(registry, this::samples);
            early.forEach(task -> task.accept(registry));
            early.clear();
        });
    }

    @Override
    public void registered(String subsystem) {
        whenBound(to -> {
            if (hasMeters(subsystem)) {
                meters.computeIfAbsent(subsystem, name -> new SubsystemMeters(name, readings, config.state(), to));
            }
        });
    }

    // A subsystem that has no information has gone, or is registered once more when the daemon is known.
    private boolean hasMeters(String subsystem) {
        return switch (config.perSubsystem()) {
            case ALL -> true;
            case CRITICAL -> readings.info(subsystem).filter(SubsystemInfo::critical).isPresent();
            case NONE -> false;
        };
    }

    @Override
    public void unregistered(String subsystem) {
        whenBound(from -> {
            totals.unregistered(subsystem);
            SubsystemMeters gone = meters.remove(subsystem);
            if (gone != null) {
                gone.removeFrom(from);
            }
        });
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        whenBound(any -> {
            totals.count(event);
            SubsystemMeters concerned = meters.get(event.subsystem());
            if (concerned != null) {
                concerned.count(event);
            }
        });
    }

    @Override
    public void reloadBegan() {
        long now = System.nanoTime();
        whenBound(any -> reloads.began(now));
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        long now = System.nanoTime();
        whenBound(any -> reloads.count(result, at, now));
    }

    @Override
    public void limitExceeded(ResourceLimitExceeded event, boolean shutsDown) {
        whenBound(any -> resources.limit(event.resource(), true));
    }

    @Override
    public void limitCleared(ResourceLimitCleared event) {
        whenBound(any -> resources.limit(event.resource(), false));
    }

    // Called after the registries were closed and have published the final values. The composite registry is static and
    // outlives the application in tests.
    @PreDestroy
    void close() {
        locked(() -> {
            meters.values().forEach(each -> each.removeFrom(registry));
            if (reloads != null) {
                totals.removeFrom(registry);
                reloads.removeFrom(registry);
                resources.removeFrom(registry);
            }
            closed = true;
        });
    }

    private List<ResourceUsage> samples() {
        DaemonInternals now = readings.daemon();
        return now == null ? List.of() : now.resourceHistory();
    }

    private void whenBound(Consumer<MeterRegistry> task) {
        locked(() -> {
            if (registry == null) {
                early.add(task);
            } else if (!closed) {
                task.accept(registry);
            }
        });
    }

    private void locked(Runnable task) {
        lock.lock();
        try {
            task.run();
        } finally {
            lock.unlock();
        }
    }
}

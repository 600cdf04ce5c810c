package io.quarkiverse.procdaemon.runtime.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.procdaemon.ResourceUsage;

/** The meters of what the process uses. They show the last sample: NaN before the first, and where the system says nothing. */
final class ResourceMeters {

    private static final String PREFIX = "proc.daemon.resource.";

    private final Supplier<List<ResourceUsage>> history;
    private final List<Meter> all = new ArrayList<>();
    private final Map<String, Boolean> exceeded = new ConcurrentHashMap<>();

    /** @param history the last samples; reads fields only */
    ResourceMeters(MeterRegistry registry, Supplier<List<ResourceUsage>> history) {
        this.history = history;
        gauge(registry, "memory", "bytes", "The resident set of the process", usage -> value(usage.residentSet()));
        gauge(registry, "memory.limit", "bytes", "The memory limit of the container", usage -> value(usage.memoryLimit()));
        gauge(registry, "heap", "bytes", "The heap in use, garbage included", ResourceUsage::heapUsed);
        gauge(registry, "heap.max", "bytes", "The maximum size of the heap", usage -> value(usage.heapMax()));
        gauge(registry, "cpu", null, "The part of the available processors that the process uses, 0 to 1",
                usage -> usage.cpuLoad().orElse(Double.NaN));
        gauge(registry, "threads", null, "The threads of the process", ResourceUsage::threads);
        gauge(registry, "fds", null, "The open file descriptors of the process", usage -> value(usage.openFiles()));
        gauge(registry, "fds.max", null, "The maximum number of open file descriptors",
                usage -> value(usage.maxOpenFiles()));
        for (String resource : List.of("heap", "memory")) {
            all.add(Gauge.builder(PREFIX + "limit.exceeded", exceeded, by -> by.getOrDefault(resource, false) ? 1 : 0)
                    .description("1 while the soft limit of the resource is exceeded, else 0").tag("resource", resource)
                    .register(registry));
        }
    }

    private void gauge(MeterRegistry registry, String name, @Nullable String unit, String description,
            ToDoubleFunction<ResourceUsage> value) {
        all.add(Gauge.builder(PREFIX + name, this, meters -> meters.last(value)).baseUnit(unit).description(description)
                .register(registry));
    }

    private double last(ToDoubleFunction<ResourceUsage> value) {
        List<ResourceUsage> samples = history.get();
        return samples.isEmpty() ? Double.NaN : value.applyAsDouble(samples.get(samples.size() - 1));
    }

    private static double value(OptionalLong known) {
        return known.isPresent() ? known.getAsLong() : Double.NaN;
    }

    /** A soft limit is exceeded from now on, or not. */
    void limit(String resource, boolean isExceeded) {
        exceeded.put(resource, isExceeded);
    }

    void removeFrom(MeterRegistry registry) {
        all.forEach(registry::remove);
    }
}

package io.quarkiverse.procdaemon.runtime.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkiverse.procdaemon.ReloadResult;

/** The meters of reloads. */
final class ReloadMeters {

    private final Map<ReloadResult.Status, Counter> results = new EnumMap<>(ReloadResult.Status.class);
    private final List<Meter> all = new ArrayList<>();
    private final Timer duration;
    private final AtomicLong lastSuccess = new AtomicLong();
    private final AtomicLong epoch = new AtomicLong(1);
    /** By {@code System.nanoTime()}; null if none is in progress. */
    private @Nullable Long began;

    ReloadMeters(MeterRegistry registry) {
        for (ReloadResult.Status status : ReloadResult.Status.values()) {
            Counter counter = Counter.builder("proc.daemon.reload").tag("result", status.name().toLowerCase(Locale.ROOT))
                    .description("Reloads of the configuration by result").register(registry);
            results.put(status, counter);
            all.add(counter);
        }
        duration = Timer.builder("proc.daemon.reload.duration").description("The duration of reloads").register(registry);
        all.add(duration);
        all.add(Gauge.builder("proc.daemon.reload.last.success", lastSuccess, AtomicLong::doubleValue).baseUnit("seconds")
                .description("The time of the last reload that was not rejected, in seconds since 1970; 0 if there was none")
                .strongReference(true).register(registry));
        all.add(Gauge.builder("proc.daemon.config.epoch", epoch, AtomicLong::doubleValue)
                .description("The epoch of the active configuration").strongReference(true).register(registry));
    }

    /** @param nanos by {@code System.nanoTime()} */
    void began(long nanos) {
        began = nanos;
    }

    /** @param nanos by {@code System.nanoTime()} */
    void count(ReloadResult result, Instant at, long nanos) {
        if (began != null) {
            duration.record(nanos - began, TimeUnit.NANOSECONDS);
            began = null;
        }
        results.get(result.status()).increment();
        epoch.set(result.epoch());
        if (result.status() != ReloadResult.Status.REJECTED) {
            lastSuccess.set(at.getEpochSecond());
        }
    }

    void removeFrom(MeterRegistry registry) {
        all.forEach(registry::remove);
    }
}

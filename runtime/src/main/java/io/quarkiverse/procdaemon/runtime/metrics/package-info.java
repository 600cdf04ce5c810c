/**
 * The subsystems as Micrometer meters.
 * <p>
 * Promises: gauges read fields of the engine; counters and timers follow the events, from zero at each start of the
 * application, also after a live reload in dev mode. Nothing here calls user code, and a registry that outlives the application
 * keeps neither a meter nor the engine. A {@code MeterBinder}, since Quarkus binds it once its registries are set up and passes
 * the registry itself: {@code MetricsFactory} cannot remove meters. Loaded only if the Micrometer extension is present. May
 * import: the public API, {@code engine}, its {@code events}, {@code config}, Micrometer, the start event of Quarkus.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.metrics;

import org.jspecify.annotations.NullMarked;

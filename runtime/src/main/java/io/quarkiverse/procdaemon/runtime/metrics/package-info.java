/**
 * The subsystems as Micrometer meters.
 * <p>
 * Promises: gauges read fields of the engine; counters and timers follow the events, from zero at each start of the
 * application, a live reload included. Nothing here calls users' code, and a registry that outlives the application keeps
 * neither a meter nor the engine. A {@code MeterBinder}, since Quarkus binds it once its registries are set up and hands
 * over the registry itself: {@code MetricsFactory} can take no meter away again. Loaded only if the Micrometer extension is
 * there. May import: the public API, {@code engine} and {@code listen} of it, Micrometer, the start event of Quarkus.
 */
package io.quarkiverse.procdaemon.runtime.metrics;

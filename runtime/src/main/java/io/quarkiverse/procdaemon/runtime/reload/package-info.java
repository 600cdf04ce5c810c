/**
 * The configuration that follows its files: read anew as a whole, checked, asked for, and published by one volatile write.
 * <p>
 * Promises: what {@link io.quarkiverse.procdaemon.LiveConfig} hands out is always one whole configuration, and reading it never
 * blocks. May import: the public API, {@code config}, the engine's doors for a reload, SmallRye Config, Quarkus's own
 * configuration and logging.
 */
package io.quarkiverse.procdaemon.runtime.reload;

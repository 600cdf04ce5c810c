/**
 * The configuration that follows its files: read anew as a whole, checked, asked for, and published by one volatile write.
 * <p>
 * Promises: the running configuration is whole and valid at every moment; what is prepared touches nothing of it; readers take
 * no lock. May import: the public API, {@code config}, the engine's doors for a reload, SmallRye Config, Quarkus's own
 * configuration and logging.
 */
package io.quarkiverse.procdaemon.runtime.reload;

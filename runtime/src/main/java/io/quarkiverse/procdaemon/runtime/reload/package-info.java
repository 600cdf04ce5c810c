/**
 * Reloads of the configuration: it is read again as a whole, checked, voted on by the subsystems, and published by one volatile
 * write. {@code HotReload} is the entrance, {@code Reload} has the steps, {@code ReloadableDaemon} is what it needs of the
 * daemon.
 * <p>
 * Promises: the running configuration is whole and valid at every moment; what is prepared touches nothing of it; readers take
 * no lock. May import: the public API, {@code config}, threads and texts of the engine, SmallRye Config,
 * Quarkus's own configuration and logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.reload;

import org.jspecify.annotations.NullMarked;

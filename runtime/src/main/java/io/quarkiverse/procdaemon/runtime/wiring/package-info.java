/**
 * Assembles the daemon: creates an engine from the definitions recorded at build time and the configuration, and starts and
 * stops it with the application.
 * <p>
 * Promises: assembly only, no state outside of the objects it creates. May import everything in the runtime module except the
 * optional adapters; only the deployment module imports this package.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.wiring;

import org.jspecify.annotations.NullMarked;

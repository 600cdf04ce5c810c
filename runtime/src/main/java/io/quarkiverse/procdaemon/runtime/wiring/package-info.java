/**
 * Puts the parts together: definitions recorded at build time and configuration go in, an engine comes out, and the start and
 * end of the application start and stop it.
 * <p>
 * Promises: assembly only, no state outside of the objects it makes. May import everything of the runtime but the optional
 * adapters; nothing imports this package but the build.
 */
package io.quarkiverse.procdaemon.runtime.wiring;

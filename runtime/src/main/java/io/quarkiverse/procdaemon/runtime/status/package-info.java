/**
 * The status page: what the daemon and its subsystems do, as JSON or as a graph.
 * <p>
 * Promises: reads fields only, so it runs on the event loop of HTTP and never blocks it; changes nothing; shows no value of the
 * configuration or the environment. Loaded only if {@code quarkus.proc-daemon.status.enabled} is true and there is an HTTP
 * server. May import: the JDK, CDI, the public API, the engine, {@code json}, {@code view}, Vert.x and Vert.x Web, recorders of
 * Quarkus.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.status;

import org.jspecify.annotations.NullMarked;

/**
 * The HTTP requests under way, as traffic that a shutdown waits for.
 * <p>
 * Promises: a request costs a few atomic operations and no lock; it is no longer under way when its response has ended or can
 * end no more, whatever routes do; nothing here ends, delays or changes a request. Loaded only if the Vert.x HTTP extension is
 * there. May import: the JDK, CDI, {@code engine.shutdown} and {@code engine.time}, Vert.x and Vert.x Web, the filters of
 * quarkus-vertx-http.
 */
package io.quarkiverse.procdaemon.runtime.http;

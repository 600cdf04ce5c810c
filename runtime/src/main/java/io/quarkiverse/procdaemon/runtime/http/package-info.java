/**
 * The HTTP requests under way, as traffic that a shutdown waits for, and upgraded connections, as traffic that it ends.
 * <p>
 * Promises: a request costs a few atomic operations and no lock; it is no longer under way when its response has ended or can
 * end no more, whatever routes do; no request is ended, delayed or changed, but those that ask for an upgrade after the others
 * were ended. Loaded only if the Vert.x HTTP extension is there, and {@code WebSocketCallbacks} only with websockets-next. May
 * import: the JDK, CDI, jboss-logging, {@code engine.shutdown} and {@code engine.time}, Vert.x and Vert.x Web, Netty, the
 * filters of
 * quarkus-vertx-http, quarkus-websockets-next.
 */
package io.quarkiverse.procdaemon.runtime.http;

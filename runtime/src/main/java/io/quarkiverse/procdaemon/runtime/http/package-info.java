/**
 * The HTTP requests in flight, which a shutdown waits for, and upgraded connections, which it closes.
 * <p>
 * Promises: a request costs a few atomic operations and no lock; it is in flight until its response has ended or has become
 * impossible, whatever its routes do; no request is ended, delayed or changed, except for requests for an upgrade after the
 * upgraded connections were closed. Loaded only if the Vert.x HTTP extension is present, and {@code WebSocketCallbacks} only
 * with websockets-next. May import: the JDK, CDI, jboss-logging, {@code engine.shutdown} and {@code engine.time}, Vert.x and
 * Vert.x Web, Netty, the filters and the build-time configuration of quarkus-vertx-http, quarkus-websockets-next.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.http;

import org.jspecify.annotations.NullMarked;

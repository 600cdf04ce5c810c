/**
 * The gRPC calls: refused unless the daemon takes them, counted while they are in flight, and the status of the gRPC health
 * service.
 * <p>
 * Promises: no call but those to the health service and to reflection is handled before the daemon is RUNNING, while its
 * subsystems stop, or later; a call that was accepted is in flight until it has ended or its client has disconnected. Nothing
 * here blocks a thread of the server. Loaded only if the gRPC extension is present. May import: the JDK, CDI, the public API,
 * {@code engine}, gRPC, the runtime of quarkus-grpc, and of Vert.x what tells the end of a request to the HTTP server.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.grpc;

import org.jspecify.annotations.NullMarked;

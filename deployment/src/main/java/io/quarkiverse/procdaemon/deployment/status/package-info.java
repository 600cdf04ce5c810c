/**
 * Adds the status page, if {@code quarkus.proc-daemon.status.enabled} is true and the application has an HTTP server; otherwise
 * the application does not contain it.
 * <p>
 * May import: Quarkus with the routes of Vert.x HTTP's SPI, the types of Vert.x that those have, {@code runtime.config},
 * {@code runtime.status}.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.status;

import org.jspecify.annotations.NullMarked;

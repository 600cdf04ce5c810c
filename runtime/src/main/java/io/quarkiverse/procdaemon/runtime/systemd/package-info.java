/**
 * What the daemon tells systemd, by the protocol of {@code sd_notify(3)}: that it is ready, reloading or stopping, what is
 * wrong,
 * that it needs more time, and that it is alive.
 * <p>
 * Promises: none of these classes is loaded unless it is used. Messages are sent on a thread of their own; nothing waits for
 * them. No text in them holds a secret. May import: the JDK, the public API, the engine, jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.systemd;

import org.jspecify.annotations.NullMarked;

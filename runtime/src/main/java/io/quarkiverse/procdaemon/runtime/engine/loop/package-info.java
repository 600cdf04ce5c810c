/**
 * The thread of the engine.
 * <p>
 * Promises: messages are handled one at a time, in the order of their arrival, on one platform thread, and never on that of a
 * caller; a message that fails keeps no other from being handled. May import: the JDK, {@code ThreadKind} of the public API,
 * {@code thread}, {@code time}, jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.engine.loop;

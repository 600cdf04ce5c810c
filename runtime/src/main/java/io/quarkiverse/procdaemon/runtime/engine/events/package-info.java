/**
 * The way out for events: each listener hears of every transition, one after the other, on a thread of its own; never on the
 * event loop.
 * <p>
 * Promises: a listener that throws is logged and the next one is called; one that is slow or hangs delays other listeners,
 * never a subsystem or a shutdown. May import: the JDK, the public API, {@code time}, {@code loop}, {@code foreign},
 * {@code log}, jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine.events;

import org.jspecify.annotations.NullMarked;

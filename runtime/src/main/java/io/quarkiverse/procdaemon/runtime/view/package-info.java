/**
 * What there is to know of the daemon as a whole, for the control socket and the status page: one representation for both.
 * <p>
 * Promises: reads fields only; nothing of it is loaded unless one of the two is enabled. May import: the JDK, the public API,
 * the engine.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.view;

import org.jspecify.annotations.NullMarked;

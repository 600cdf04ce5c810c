/**
 * The configuration keys, as interfaces, and the interface of what checks them on this system.
 * <p>
 * Promises: every key here has an effect. Settings of subsystems are optional here, so that a named key falls back to the one
 * for all subsystems; their defaults are applied where they are read. A leaf: may import the public API, nothing else of this
 * extension.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.config;

import org.jspecify.annotations.NullMarked;

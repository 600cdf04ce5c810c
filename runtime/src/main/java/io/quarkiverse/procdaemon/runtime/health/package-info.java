/**
 * The daemon in {@code /q/health}.
 * <p>
 * Promises: a check only reads fields, on the calling thread; it never calls user code, takes no lock and starts no thread.
 * Loaded only if the SmallRye Health extension is present. May import: the public API, {@code engine}, {@code config}.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.health;

import org.jspecify.annotations.NullMarked;

/**
 * The daemon in {@code /q/health}.
 * <p>
 * Promises: a check reads fields and answers at once on the thread that asks; it never calls users' code, takes no lock and
 * starts nothing. Loaded only if the SmallRye Health extension is there. May import: the public API, {@code engine}.
 */
package io.quarkiverse.procdaemon.runtime.health;

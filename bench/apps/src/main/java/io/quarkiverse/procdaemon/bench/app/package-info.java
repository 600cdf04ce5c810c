/**
 * The smallest application with HTTP and health, of which {@code bench/apps/without} and {@code bench/apps/with} are made.
 * <p>
 * Promises: this package is the same in both; {@code subsystems} is in the one with the extension only.
 */
package io.quarkiverse.procdaemon.bench.app;

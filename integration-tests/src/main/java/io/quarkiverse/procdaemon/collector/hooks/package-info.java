/**
 * Hooks for the integration tests, which need a collector that fails when they say so. Not part of what a collector is: without
 * {@code collector.test-hooks.enabled=true} at its start there are no such paths and every fault is ignored.
 * <p>
 * Knows nothing of the collector but the names of the methods that are marked as {@code FaultPoint}. {@code UserCode}
 * stands for what else is in an application, all of it inert unless a fault is armed for it.
 */
package io.quarkiverse.procdaemon.collector.hooks;

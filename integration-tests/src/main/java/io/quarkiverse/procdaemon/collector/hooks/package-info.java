/**
 * Hooks for the integration tests, which need a collector that fails on request. Without
 * {@code collector.test-hooks.enabled=true} at its start these paths do not exist and all faults are ignored.
 * <p>
 * Knows nothing of the collector except the names of the methods marked as {@code FaultPoint}. {@code UserCode} stands for
 * other code of an application, which does nothing unless a fault is armed for it.
 */
package io.quarkiverse.procdaemon.collector.hooks;

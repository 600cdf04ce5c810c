/**
 * The engine: runs subsystems without Quarkus, CDI, configuration or HTTP.
 * <p>
 * Promises: {@link io.quarkiverse.procdaemon.runtime.engine.Engine} is the whole of it to those who use subsystems; who ends
 * the process knows its {@code shutdown} besides. Within, arrows run one way: {@code graph, time, thread, listen} ←
 * {@code lifecycle, loop} ← {@code supervision} ← {@code sequence} ← {@code shutdown} ← here. May import: the JDK, the public
 * API,
 * jboss-logging.
 */
package io.quarkiverse.procdaemon.runtime.engine;

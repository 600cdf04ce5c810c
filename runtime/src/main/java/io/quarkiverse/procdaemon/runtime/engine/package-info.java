/**
 * The engine: runs subsystems without Quarkus, CDI, configuration or HTTP.
 * <p>
 * Promises: {@link io.quarkiverse.procdaemon.runtime.engine.Engine} is all that users of the engine see, with {@code shutdown}
 * for those who end the process. Follow a message from {@code Core.on}. Dependencies go one way:
 * {@code time, graph, foreign, log, loop} ← {@code events, run} ← {@code supervisor} ← {@code shutdown} ← here. May import: the
 * JDK, the public API, jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine;

import org.jspecify.annotations.NullMarked;

/**
 * Reads what the process uses: on Linux from {@code /proc} and the control groups, elsewhere from the JVM's management beans.
 * Samples it, and compares it with soft limits.
 * <p>
 * Promises: nothing but {@code ResourceMonitor} is loaded before the first sample or before somebody asks; no thread; what the
 * system does not tell is empty, and nothing throws. May import: the JDK, the public API, the engine, {@code config},
 * jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.resources;

import org.jspecify.annotations.NullMarked;

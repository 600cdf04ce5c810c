/**
 * Reads what the process uses: on Linux from {@code /proc} and the control groups, elsewhere from the JVM's management beans.
 * <p>
 * Promises: nothing of it is loaded before somebody asks; what the system does not tell is empty, and nothing throws. May
 * import: the JDK, the public API.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.resources;

import org.jspecify.annotations.NullMarked;

/**
 * What is to run, and in which order: the child specification of a subsystem, the immutable graph of dependencies, and whether
 * there is enough time to stop everything in that order.
 * <p>
 * Promises: plain immutable data; every graph is valid, and all problems of an invalid one are reported at once; the order is
 * deterministic. Used at build time for beans and at run time for subsystems registered through the API. May
 * import: the JDK, the public API, {@code time}.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine.graph;

import org.jspecify.annotations.NullMarked;

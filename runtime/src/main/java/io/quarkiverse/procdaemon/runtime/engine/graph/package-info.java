/**
 * What is to run, and in which order: the child specification of a subsystem and the immutable graph of their dependencies; and
 * whether there is time enough to stop it all in that order.
 * <p>
 * Promises: plain immutable data; a graph that exists is sound, every problem of one that is not is reported at once; the
 * order is the same for the same input. Used at build time for beans and at run time for subsystems registered by hand. May
 * import: the JDK, the public API, {@code time}.
 */
package io.quarkiverse.procdaemon.runtime.engine.graph;

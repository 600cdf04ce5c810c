/**
 * Writes thread dumps, heap dumps and recordings into {@code dump.directory}.
 * <p>
 * Promises: no class of it is loaded before the first dump. A file appears when it is complete, is readable by its owner only
 * and replaces nothing; no link of others is followed. A thread dump needs neither the event loop nor a lock of the
 * application. Where the runtime lacks a module, the refusal says so. May import: the JDK with {@code com.sun.management} and
 * {@code jdk.jfr}, GraalVM's {@code VMRuntime}, the public API, {@code engine}, {@code engine.foreign}, {@code engine.run},
 * {@code engine.time}, {@code config}, ArC, SmallRye Config, jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.diagnostics;

import org.jspecify.annotations.NullMarked;

/**
 * The public API: the annotations that make a CDI bean a {@linkplain io.quarkiverse.procdaemon.Subsystem subsystem}, the
 * handles passed to its methods, and {@link io.quarkiverse.procdaemon.Daemon}, through which all commands go.
 * <p>
 * Promises: names and meanings are stable; every exception thrown to users is a
 * {@link io.quarkiverse.procdaemon.DaemonException} with an {@link io.quarkiverse.procdaemon.ErrorCode}, except for an
 * {@link java.lang.IllegalArgumentException} at a bad argument.
 * <p>
 * May import: the JDK, CDI, {@code event}. Nothing of {@code runtime}.
 */
@NullMarked
package io.quarkiverse.procdaemon;

import org.jspecify.annotations.NullMarked;

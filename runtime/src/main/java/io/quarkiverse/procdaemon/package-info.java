/**
 * The public API: the annotations that make a CDI bean a {@linkplain io.quarkiverse.procdaemon.Subsystem subsystem}, the
 * handles given to its methods, and {@link io.quarkiverse.procdaemon.Daemon}, the one door through which commands come in.
 * <p>
 * Promises: names and meanings here are stable; every exception that leaves the extension is a
 * {@link io.quarkiverse.procdaemon.DaemonException} with an {@link io.quarkiverse.procdaemon.ErrorCode}.
 * <p>
 * May import: the JDK, CDI, {@code event}. Nothing of {@code runtime}.
 */
package io.quarkiverse.procdaemon;

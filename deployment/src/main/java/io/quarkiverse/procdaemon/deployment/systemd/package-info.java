/**
 * The unit file for systemd that a build for production writes beside the application.
 * <p>
 * Promises: {@link io.quarkiverse.procdaemon.deployment.systemd.UnitFile} is a pure function of what the build knows; its
 * output is accepted by {@code systemd-analyze verify} without a word. May import: the public API, {@code validation},
 * {@code runtime.config}, Quarkus' build items and packaging.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.systemd;

import org.jspecify.annotations.NullMarked;

/**
 * Makes the daemon and its subsystems part of {@code /q/health}, if the SmallRye Health extension is present and
 * {@code quarkus.proc-daemon.health.enabled} is not false.
 * <p>
 * May import: {@code validation}, {@code discovery}, {@code runtime.health}, {@code runtime.config}.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.health;

import org.jspecify.annotations.NullMarked;

/**
 * Validates the subsystems that were found.
 * <p>
 * Promises: pure functions from declarations to problems; all problems at once; each message says where, what and how to fix
 * it. May import: {@code discovery}, Jandex, the engine's {@code graph}, {@code runtime.rules}, the public API.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.validation;

import org.jspecify.annotations.NullMarked;

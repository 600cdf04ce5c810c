/**
 * Says what is wrong with the subsystems that were found.
 * <p>
 * Promises: pure (what was found goes in, problems come out), every problem of a build at once, and each message says where,
 * what and how out. May import: {@code discovery}, Jandex, the engine's {@code graph}, the public API.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.validation;

import org.jspecify.annotations.NullMarked;

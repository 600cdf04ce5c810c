/**
 * Hands the subsystems of this build to the runtime: their methods as Arc's invokers, the rest as plain records. Warns of
 * configuration that the start will warn of, as far as it is known.
 * <p>
 * Promises: no reflection on users' classes; a sink, which nothing imports. May import: {@code discovery},
 * {@code validation}, {@code runtime.wiring} and {@code runtime.engine}.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.wiring;

import org.jspecify.annotations.NullMarked;

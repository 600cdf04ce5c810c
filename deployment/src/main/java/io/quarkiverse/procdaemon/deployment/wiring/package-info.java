/**
 * Passes the subsystems of this build to the runtime: their methods as Arc's invokers, the rest as plain records. Warns about
 * configuration like the start does, as far as it is known.
 * <p>
 * Promises: no reflection on user classes; nothing imports this package. May import: {@code discovery},
 * {@code validation}, {@code runtime.wiring} and {@code runtime.engine}.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.wiring;

import org.jspecify.annotations.NullMarked;

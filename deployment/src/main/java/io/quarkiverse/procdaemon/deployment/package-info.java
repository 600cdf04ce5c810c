/**
 * What happens while an application is built. Data goes one way: {@code discovery} finds the subsystems, {@code validation}
 * finds what is wrong with them, {@code wiring} hands them to the runtime; {@code health},
 * {@code metrics}, {@code schedule} and {@code http} add an optional integration each; {@code reload} finds who reads which
 * configuration.
 * <p>
 * Promises: nothing here is on the class path of a running application.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment;

import org.jspecify.annotations.NullMarked;

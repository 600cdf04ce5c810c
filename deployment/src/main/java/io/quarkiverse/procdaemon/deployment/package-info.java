/**
 * The build of an application. Data goes one way: {@code discovery} finds the subsystems, {@code validation} finds problems in
 * their declarations, {@code wiring} passes them to the runtime. {@code health}, {@code metrics}, {@code schedule} and
 * {@code http} each add an optional integration; {@code reload} finds out which beans read which configuration.
 * <p>
 * Promises: nothing here is on the class path of a running application.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment;

import org.jspecify.annotations.NullMarked;

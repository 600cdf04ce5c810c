/**
 * What other extensions contribute to the build of an application: {@link SubsystemBuildItem}, in a module of its own.
 * <p>
 * The packages below are ours alone and may change at any time. Data goes one way: {@code discovery} finds the subsystems,
 * {@code validation} finds problems in their declarations, {@code wiring} passes them to the runtime. {@code health},
 * {@code metrics}, {@code schedule} and {@code http} each add an optional integration; {@code reload} finds out which beans
 * read which configuration.
 * <p>
 * Promises: nothing here is on the class path of a running application. This package may import: the JDK, the public API,
 * {@code MultiBuildItem} and {@code RuntimeValue}.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment;

import org.jspecify.annotations.NullMarked;

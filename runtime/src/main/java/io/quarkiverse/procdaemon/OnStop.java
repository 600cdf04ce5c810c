package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cleans up. Called once for each run, after {@link Run} has ended: when the subsystem is stopped, after a failure of its
 * body, and after an {@link OnStart} that failed half-way, so it must cope with what was never opened.
 * <p>
 * At most one method of a {@link Subsystem} has it. It is neither private nor static, takes nothing, a {@link ShutdownHandle}
 * or a {@link SubsystemContext}, and returns {@code void}, a {@code Uni} or a {@code CompletionStage}, in which case its work
 * is done when that completes.
 * <p>
 * Called on a thread of its own. Throwing makes the subsystem FAILED and is logged; the others stop all the same.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnStop {
}

package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cleans up. Called once for each run, after {@link Run} has ended: when the subsystem is stopped, after a failure of its
 * body, and after an {@link OnStart} that failed, so it must expect that some resources were never opened.
 * <p>
 * At most one method of a {@link Subsystem} has it. It is neither private nor static, takes nothing, a {@link ShutdownHandle}
 * or a {@link SubsystemContext}, and returns {@code void}, a {@code Uni} or a {@code CompletionStage}, in which case the call
 * ends when that completes.
 * <p>
 * Called on a separate thread, in a request context of its own, which ends when the call has completed. If it throws, the
 * subsystem is FAILED and the exception is logged; the others stop regardless.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnStop {
}

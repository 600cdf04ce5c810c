package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The body of the subsystem: starts when it is RUNNING and should return soon after its {@link ShutdownHandle} fired. Without
 * a body the subsystem stays RUNNING until it is stopped.
 * <p>
 * At most one method of a {@link Subsystem} has it. It is neither private nor static, takes nothing, a {@link ShutdownHandle}
 * or a {@link SubsystemContext}, and returns {@code void}, a {@code Uni} or a {@code CompletionStage}, in which case its work
 * is done when that completes.
 * <p>
 * Called on a thread of its own, virtual where the JVM has virtual threads unless {@code subsystem.thread} says otherwise. It
 * is interrupted only if it has not ended within the stop time-out. Throwing is a failure of the subsystem.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Run {
}

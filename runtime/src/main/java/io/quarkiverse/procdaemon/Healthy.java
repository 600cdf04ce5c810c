package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Checks whether a RUNNING subsystem does its work. Called in the background every {@code subsystem.health.interval} (default
 * 5 s), never by a request to {@code /q/health}, which reads the last result.
 * <p>
 * At most one method of a {@link Subsystem} has it. It is neither private nor static, takes nothing and returns
 * {@code boolean}, {@code Uni<Boolean>} or {@code CompletionStage<Boolean>}. Throwing means unhealthy, and so does taking
 * longer than {@code subsystem.health.timeout} (default 2 s): then the call is interrupted, or the returned stage is cancelled,
 * and each interval until it returns counts as one more unhealthy result.
 * <p>
 * Called on one of a few platform threads that all subsystems share, in a request context of its own, which ends when the call
 * has completed; never concurrently for the same subsystem: it is not
 * called again before it has returned, not even in a later run.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Healthy {
}

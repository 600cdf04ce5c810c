package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says whether a RUNNING subsystem does its work. Probed in the background every {@code subsystem.health.interval} (default
 * 5 s), never by a request to {@code /q/health}, which reads the last result.
 * <p>
 * At most one method of a {@link Subsystem} has it. It is neither private nor static, takes nothing and returns
 * {@code boolean}, {@code Uni<Boolean>} or {@code CompletionStage<Boolean>}. Throwing means unhealthy; so does taking longer
 * than {@code subsystem.health.timeout} (default 2 s): then the call is interrupted, or what it returned is cancelled, and each
 * further interval until it has returned is one more unhealthy answer.
 * <p>
 * Called on one of a few platform threads that all subsystems share, one call of a subsystem at a time: it is not called again,
 * in a later run neither, before it has returned.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Healthy {
}

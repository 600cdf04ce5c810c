package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Prepares the subsystem. It is RUNNING, and its dependents may start, when this has completed.
 * <p>
 * At most one method of a {@link Subsystem} has it. It is neither private nor static, takes nothing, a {@link ShutdownHandle}
 * or a {@link SubsystemContext}, and returns {@code void}, a {@code Uni} or a {@code CompletionStage}, in which case the call
 * ends when that completes.
 * <p>
 * Called on a separate thread, in a request context of its own, which ends when the call has completed. If it throws, or takes
 * longer than {@code subsystem.start-timeout} (default 30 s; then it is
 * interrupted), the start has failed and {@link OnStop} is called to clean up what was opened so far.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnStart {
}

package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes part in a reload of the configuration: prepares for it, or vetoes it by throwing. Called before the new configuration
 * is visible: {@link ConfigChange#next} shows it, and {@link LiveConfig#get()} changes only after all subsystems have agreed.
 * If a later one vetoes the reload, this method is called again with old and new values swapped, to undo what it did.
 * <p>
 * Called on RUNNING subsystems, one after the other in dependency order: on those that inject {@link LiveConfig} mappings if a
 * key under one of their prefixes or of {@link Subsystem#restartOn()} has changed, on those that inject none for every change.
 * <p>
 * At most one method of a {@link Subsystem} has it. It is neither private nor static, takes nothing or a {@link ConfigChange},
 * and returns {@code void}, a {@code Uni} or a {@code CompletionStage}, in which case the call ends when that completes.
 * <p>
 * Called on a separate thread while the body of the subsystem runs, in a request context of its own, which ends when the call
 * has completed. If it takes longer than
 * {@code quarkus.proc-daemon.reload.timeout} (default 10 s), it is interrupted, which counts as a veto.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnReload {
}

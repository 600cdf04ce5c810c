package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes part in a reload of the configuration: may prepare for it, or veto it by throwing. Called before anything of the new
 * configuration is visible, which {@link ConfigChange#next} shows; {@link LiveConfig#get()} changes only after all that were
 * asked have agreed. If one that is asked later does not, this is called once more, with the change turned round, to undo what
 * it did.
 * <p>
 * Called on those that are RUNNING, one after the other, each after what it depends on: on those that inject {@link LiveConfig}
 * mappings if a key under one of their prefixes has changed, on those that inject none for every change.
 * <p>
 * At most one method of a {@link Subsystem} has it. It is neither private nor static, takes nothing or a {@link ConfigChange},
 * and returns {@code void}, a {@code Uni} or a {@code CompletionStage}, in which case it is done when that completes.
 * <p>
 * Called on a thread of its own, while the body of the subsystem runs. If it takes longer than
 * {@code quarkus.proc-daemon.reload.timeout} (default 10 s) it is interrupted, which counts as a veto.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnReload {
}

package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The body of the subsystem. It is called when the subsystem is RUNNING and should return soon after its {@link ShutdownHandle}
 * has fired. Without a body the subsystem stays RUNNING until it is stopped.
 * <p>
 * At most one method of a {@link Subsystem} has it. It is neither private nor static, takes nothing, a {@link ShutdownHandle}
 * or a {@link SubsystemContext}, and returns {@code void}, a {@code Uni} or a {@code CompletionStage}, in which case the call
 * ends when that completes.
 * <p>
 * Called on a separate thread, by default a virtual one where the JVM has them (see {@code subsystem.thread}). It is
 * interrupted only if it has not returned within the stop timeout. If it throws, the subsystem has failed.
 * <p>
 * With {@link #every()} it is called again and again, for pollers:
 *
 * <pre>
 * &#64;Run(every = "{outbox.poll-interval:5s}")
 * void poll() throws SQLException { … }
 * </pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Run {

    /**
     * How long after the end of one call the next begins: a duration as in configuration, such as {@code 10s};
     * <code>{key}</code>
     * or <code>{key:default}</code> for that of a configuration key, whose changes take effect at once; or {@code off}, also as
     * the value of the key, for no calls. The first call is made when the subsystem is RUNNING, none after it was asked to
     * stop.
     * Each call is a heartbeat and has a request context of its own; a body that is called once has none, since it may run for
     * months. A run counts as stable only after one call that succeeded. Default: the method is called once.
     */
    String every() default "";
}

package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a CDI bean that the daemon starts, supervises and stops. The bean is {@code @Singleton} unless it declares
 * another scope, and it is never removed as unused.
 * <p>
 * A {@code @Dependent} one is a new bean for each run, destroyed when the run has ended, so that a restart reads injected
 * configuration again. It must not be injected elsewhere, nor have scheduled, messaging, observer or REST methods: they would
 * meet other instances. With any other scope the bean stays the same.
 * <p>
 * A subsystem starts once all its dependencies are RUNNING and stops before any of them does. Mistakes in declarations (a
 * cycle, an unknown dependency, a duplicate name, an illegal signature) fail the build.
 *
 * <pre>
 * &#64;Subsystem(value = "ingest", dependsOn = Journal.class)
 * class Ingest {
 *     &#64;OnStart
 *     void bind() throws IOException { … }
 *
 *     &#64;Run
 *     void serve(ShutdownHandle shutdown) throws IOException { … }
 *
 *     &#64;OnStop
 *     void unbind() { … }
 * }
 * </pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Subsystem {

    /**
     * The name: letters, digits, {@code -}, {@code _} and {@code .}; used in configuration, health and logs.
     * Default: the simple class name in kebab-case ({@code LineIngest} becomes {@code line-ingest}).
     */
    String value() default "";

    /** Subsystem classes that must be RUNNING before this one starts, and stay RUNNING until it has stopped. */
    Class<?>[] dependsOn() default {};

    /** The same as {@link #dependsOn()}, by name. */
    String[] dependsOnNames() default {};

    /** Whether the subsystem is restarted after a failure or a normal return. Configuration overrides it. */
    RestartPolicy restart() default RestartPolicy.ON_FAILURE;

    /**
     * Whether the daemon cannot do without it: a critical subsystem that cannot start or fails permanently ends the process
     * with exit code 1. Configuration overrides it.
     */
    boolean critical() default true;

    /**
     * Prefixes of configuration keys that the subsystem reads only when it starts: when a reload changes one of them, it is
     * restarted, with its dependents, after the new configuration has been published. The prefix {@code gateway} stands for the
     * key {@code gateway} and all that begin with {@code gateway.} or {@code gateway[}. Such keys are not among those for which
     * {@link ReloadResult#requiresRestart()} asks to restart the process. Default: none.
     */
    String[] restartOn() default {};
}

package io.quarkiverse.procdaemon;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a CDI bean that the daemon starts, watches and stops. The bean is {@code @Singleton} unless it has a scope of
 * its own, and it is never removed as unused.
 * <p>
 * A subsystem starts when everything it depends on is RUNNING and stops before anything it depends on does. Every mistake in
 * a declaration (a cycle, an unknown dependency, two subsystems of one name, an illegal signature) fails the build.
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
     * The name: letters, digits, {@code -}, {@code _} and {@code .}; it is the key in configuration, health and logs.
     * Default: the simple class name in kebab-case ({@code LineIngest} becomes {@code line-ingest}).
     */
    String value() default "";

    /** Subsystem classes that must be RUNNING before this one starts, and stay so until it has stopped. */
    Class<?>[] dependsOn() default {};

    /** The same as {@link #dependsOn()}, by name. */
    String[] dependsOnNames() default {};

    /** What happens when the subsystem fails or finishes. Configuration overrides it. */
    RestartPolicy restart() default RestartPolicy.ON_FAILURE;

    /**
     * Whether the daemon is useless without it: a critical subsystem that cannot start or fails for good ends the process
     * with exit code 1. Configuration overrides it.
     */
    boolean critical() default true;
}

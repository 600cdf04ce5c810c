package io.quarkiverse.procdaemon;

import java.util.concurrent.CompletionStage;

/**
 * Builds and registers a subsystem that is not a CDI bean, for cases where the number of subsystems is known only at run time,
 * such as one for each tenant or partition. Obtained from {@link Daemon#newSubsystem(String)}; not thread-safe. All methods
 * throw an {@link IllegalArgumentException} for null.
 *
 * <pre>
 * daemon.newSubsystem("partition-" + number).dependsOn("journal")
 *         .run(context -&gt; consume(number, context))
 *         .onStop(() -&gt; release(number))
 *         .register();
 * </pre>
 *
 * The code is called like the annotated methods of a {@link Subsystem}, on threads of the subsystem, and may throw; all parts
 * are optional. Configuration for all subsystems applies to it as well.
 */
public interface SubsystemBuilder {

    /** Code that does not use its context. */
    @FunctionalInterface
    interface Action {

        /** Runs the code. */
        void perform() throws Exception;
    }

    /** Code that uses its context: to see whether to stop, to send heartbeats, to count work in flight. */
    @FunctionalInterface
    interface ContextAction {

        /** Runs the code. */
        void perform(SubsystemContext context) throws Exception;
    }

    /** A health check. */
    @FunctionalInterface
    interface Probe {

        /** Whether the subsystem is healthy; throwing means it is not. */
        boolean healthy() throws Exception;
    }

    /** Subsystems that must be RUNNING before it starts and until it has stopped; adds to those named before. */
    SubsystemBuilder dependsOn(String... names);

    /** Whether it is restarted after a failure or a normal return. Default: {@link RestartPolicy#ON_FAILURE}. */
    SubsystemBuilder restart(RestartPolicy policy);

    /** Whether the daemon cannot do without it. Default: true. */
    SubsystemBuilder critical(boolean critical);

    /** Like {@link OnStart}: it is RUNNING when this returns. */
    SubsystemBuilder onStart(Action action);

    /** Like {@link OnStart}: it is RUNNING when this returns. */
    SubsystemBuilder onStart(ContextAction action);

    /** Like {@link Run}: the body. */
    SubsystemBuilder run(Action action);

    /** Like {@link Run}: the body. */
    SubsystemBuilder run(ContextAction action);

    /** Like {@link OnStop}: cleans up after the body. */
    SubsystemBuilder onStop(Action action);

    /** Like {@link OnStop}: cleans up after the body. */
    SubsystemBuilder onStop(ContextAction action);

    /** Like {@link Healthy}: called in the background while it is RUNNING. */
    SubsystemBuilder healthy(Probe probe);

    /**
     * Registers the subsystem with the daemon, last in start order. It starts with the others, or at once if the daemon has
     * already begun to start. May be called once.
     *
     * @return completes when it is RUNNING; fails like {@link Daemon#start(String)}
     * @throws InvalidConfigurationException with all problems: an illegal or duplicate name, an unknown dependency, a
     *         dependency on itself
     * @throws DaemonStateException if the daemon is shutting down, or this builder was used before
     */
    CompletionStage<Void> register();
}

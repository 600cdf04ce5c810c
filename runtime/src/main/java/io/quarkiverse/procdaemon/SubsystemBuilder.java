package io.quarkiverse.procdaemon;

import java.time.Duration;
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

    /** Code that has completed when a stage has. */
    @FunctionalInterface
    interface AsyncAction {

        /** Begins the code. What it returns is not null. */
        CompletionStage<?> perform(SubsystemContext context) throws Exception;
    }

    /** Code that takes part in a reload. */
    @FunctionalInterface
    interface ReloadAction {

        /** Adopts a change; throwing vetoes it. */
        void reload(ConfigChange change) throws Exception;
    }

    /** Code that takes part in a reload, and has completed when a stage has. */
    @FunctionalInterface
    interface AsyncReloadAction {

        /** Begins to adopt a change; throwing, or a stage that fails, vetoes it. What it returns is not null. */
        CompletionStage<?> reload(ConfigChange change) throws Exception;
    }

    /** A health check that has completed when a stage has. */
    @FunctionalInterface
    interface AsyncProbe {

        /** Completes with whether the subsystem is healthy; a failure means it is not. What it returns is not null. */
        CompletionStage<Boolean> healthy() throws Exception;
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

    /** Like {@link OnStart}: it is RUNNING when the returned stage completes. */
    SubsystemBuilder onStartAsync(AsyncAction action);

    /** Like {@link Run}: the body. */
    SubsystemBuilder run(Action action);

    /** Like {@link Run}: the body. */
    SubsystemBuilder run(ContextAction action);

    /** Like {@link Run}: the body, which ends when the returned stage completes. */
    SubsystemBuilder runAsync(AsyncAction action);

    /**
     * Like {@link Run#every()}: the body is called again and again.
     *
     * @param interval a duration such as {@code 10s}, <code>{key}</code>, <code>{key:default}</code> or {@code off}
     */
    SubsystemBuilder every(String interval);

    /** Like {@link Run#every()}: the body is called again so long after each call has ended; greater than zero. */
    SubsystemBuilder every(Duration interval);

    /** Like {@link OnStop}: cleans up after the body. */
    SubsystemBuilder onStop(Action action);

    /** Like {@link OnStop}: cleans up after the body. */
    SubsystemBuilder onStop(ContextAction action);

    /** Like {@link OnStop}: cleans up after the body, until the returned stage completes. */
    SubsystemBuilder onStopAsync(AsyncAction action);

    /** Like {@link Healthy}: called in the background while it is RUNNING. */
    SubsystemBuilder healthy(Probe probe);

    /** Like {@link Healthy}: called in the background while it is RUNNING. */
    SubsystemBuilder healthyAsync(AsyncProbe probe);

    /** Like {@link OnReload}: called for each change of the configuration. */
    SubsystemBuilder onReload(Action action);

    /** Like {@link OnReload}: called for each change of the configuration. */
    SubsystemBuilder onReload(ReloadAction action);

    /** Like {@link OnReload}: called for each change of the configuration. */
    SubsystemBuilder onReloadAsync(AsyncReloadAction action);

    /** Like {@link Subsystem#restartOn()}: prefixes of configuration keys; adds to those named before. */
    SubsystemBuilder restartOn(String... prefixes);

    /**
     * Registers the subsystem with the daemon, last in start order. It starts with the others, or at once if the daemon has
     * already begun to start. May be called once; returns at once, and {@link Daemon#subsystem(String)} may not know the
     * subsystem yet. Registrations are carried out in the order of the calls, so that one may depend on another before that has
     * completed.
     *
     * @return completes when it is RUNNING; fails with an {@link InvalidConfigurationException} that lists all problems (an
     *         illegal or duplicate name, an unknown dependency, a dependency on itself, an interval without a body, a malformed
     *         interval or one whose key has no value), with a {@link DaemonStateException} if the daemon is shutting down, and
     *         like {@link Daemon#start(String)}
     * @throws DaemonStateException if this builder was used before
     */
    CompletionStage<Void> register();
}

package io.quarkiverse.procdaemon;

import java.util.concurrent.CompletionStage;

/**
 * A subsystem in the making that is no CDI bean: for those whose number or shape is known only at run time, one for each tenant
 * or partition. From {@link Daemon#newSubsystem(String)}; not thread-safe.
 *
 * <pre>
 * daemon.newSubsystem("partition-" + number).dependsOn("journal")
 *         .run(context -&gt; consume(number, context))
 *         .onStop(() -&gt; release(number))
 *         .register();
 * </pre>
 *
 * The code is called as the annotated methods of a {@link Subsystem} are, on threads of the subsystem, and may throw; what is
 * not given is left out. Configuration for all subsystems holds for it too.
 */
public interface SubsystemBuilder {

    /** Code that needs to know nothing of its run. */
    @FunctionalInterface
    interface Action {

        /** Does it. */
        void perform() throws Exception;
    }

    /** Code that looks at its run: whether to stop, heartbeats, work in flight. */
    @FunctionalInterface
    interface ContextAction {

        /** Does it. */
        void perform(SubsystemContext context) throws Exception;
    }

    /** A subsystem's own word on its health. */
    @FunctionalInterface
    interface Probe {

        /** Whether it is healthy; throwing means it is not. */
        boolean healthy() throws Exception;
    }

    /** Subsystems that must be RUNNING before it starts, and stay so until it has stopped; adds to those named before. */
    SubsystemBuilder dependsOn(String... names);

    /** What happens when it fails or finishes. Default: {@link RestartPolicy#ON_FAILURE}. */
    SubsystemBuilder restart(RestartPolicy policy);

    /** Whether the daemon is useless without it. Default: true. */
    SubsystemBuilder critical(boolean critical);

    /** As {@link OnStart}: it is RUNNING when this returns. */
    SubsystemBuilder onStart(Action action);

    /** As {@link OnStart}: it is RUNNING when this returns. */
    SubsystemBuilder onStart(ContextAction action);

    /** As {@link Run}: the body. */
    SubsystemBuilder run(Action action);

    /** As {@link Run}: the body. */
    SubsystemBuilder run(ContextAction action);

    /** As {@link OnStop}: cleans up after the body. */
    SubsystemBuilder onStop(Action action);

    /** As {@link OnStop}: cleans up after the body. */
    SubsystemBuilder onStop(ContextAction action);

    /** As {@link Healthy}: asked in the background while it is RUNNING. */
    SubsystemBuilder healthy(Probe probe);

    /**
     * Makes it part of the daemon, the last in start order. It starts with the others, or at once if the daemon has begun to
     * start. May be called once.
     *
     * @return completes when it is RUNNING; fails as {@link Daemon#start(String)} does
     * @throws InvalidConfigurationException with every problem: an illegal name or one that is taken, an unknown dependency, a
     *         dependency on itself
     * @throws DaemonStateException if the daemon is shutting down, or this was registered before
     */
    CompletionStage<Void> register();
}

package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.SubsystemContext;

/**
 * The code of a subsystem; missing parts are null.
 *
 * @param onStart prepares; when it has completed, the subsystem is RUNNING
 * @param run the body; one call of it if {@code every} is set
 * @param onStop cleans up
 * @param healthy the health check
 * @param onReload takes part in a reload
 * @param every how long after one call of {@code run} the next begins
 */
public record Behavior(@Nullable PhaseCode onStart, @Nullable PhaseCode run, @Nullable PhaseCode onStop,
        @Nullable HealthCheck healthy,
        @Nullable ReloadCode onReload, @Nullable Interval every) {

    /** A subsystem without code, which only marks a place in the order. */
    public static final Behavior NONE = new Behavior(null, null, null, null);

    /** Code whose body is called once. */
    public Behavior(@Nullable PhaseCode onStart, @Nullable PhaseCode run, @Nullable PhaseCode onStop,
            @Nullable HealthCheck healthy, @Nullable ReloadCode onReload) {
        this(onStart, run, onStop, healthy, onReload, null);
    }

    /** The same without a part in reloads. */
    public Behavior(@Nullable PhaseCode onStart, @Nullable PhaseCode run, @Nullable PhaseCode onStop,
            @Nullable HealthCheck healthy) {
        this(onStart, run, onStop, healthy, null, null);
    }

    /** Only a body. */
    public static Behavior running(PhaseCode run) {
        return new Behavior(null, run, null, null);
    }

    /** A piece of the code of a subsystem. */
    @FunctionalInterface
    public interface PhaseCode {

        /**
         * Called on a thread of the subsystem, which may be interrupted.
         *
         * @return null if the code has completed, otherwise a stage that completes when it has
         * @throws Throwable whatever the subsystem's code throws
         */
        @Nullable
        CompletionStage<?> perform(SubsystemContext context) throws Throwable;
    }

    /** The time between two calls of a body, which may follow the configuration. */
    @FunctionalInterface
    public interface Interval {

        /** The current one; null: no calls. Called on a thread of the subsystem. */
        @Nullable
        Duration get();
    }

    /** The health check of a subsystem. */
    @FunctionalInterface
    public interface HealthCheck {

        /**
         * Called on a thread of the subsystem, which may be interrupted.
         *
         * @return completes with true when healthy; never null
         * @throws Throwable whatever the subsystem's code throws: unhealthy
         */
        CompletionStage<Boolean> probe() throws Throwable;
    }

    /** The part of a subsystem in a reload. */
    @FunctionalInterface
    public interface ReloadCode {

        /**
         * Called on a thread of the subsystem, which may be interrupted.
         *
         * @return null if the code has completed, otherwise a stage that completes when it has
         * @throws Throwable whatever the subsystem's code throws: a veto
         */
        @Nullable
        CompletionStage<?> react(ConfigChange change) throws Throwable;
    }
}

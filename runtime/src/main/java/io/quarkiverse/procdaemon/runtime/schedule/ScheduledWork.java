package io.quarkiverse.procdaemon.runtime.schedule;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.log.LogFields;
import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SkippedExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import io.smallrye.common.vertx.VertxContext;

/**
 * The executions of scheduled methods of subsystems. Each one that {@link RunningOnly} admits ends once: with an event of the
 * scheduler (also if it is skipped after all), or, where these may get lost, with the call of the method, which
 * {@link CountedInterceptor} sees.
 */
@Singleton
public class ScheduledWork {

    // Before all other observers: if one throws, later ones are not notified.
    private static final int FIRST = Integer.MIN_VALUE;

    private final Function<String, Optional<WorkInFlight>> begin;
    // Executions do not override equals(), so this compares them by identity.
    private final Map<ScheduledExecution, WorkInFlight> inFlight = new ConcurrentHashMap<>();
    // The scheduler calls the predicate and the method on the same thread.
    private final ThreadLocal<ScheduledExecution> nextCall = new ThreadLocal<>();
    private final FailureFilter filter;

    @Inject
    ScheduledWork(DaemonInternals daemon) {
        this(daemon::beginErrand, new FailureFilter());
    }

    ScheduledWork(Function<String, Optional<WorkInFlight>> begin, FailureFilter filter) {
        this.begin = begin;
        this.filter = filter;
    }

    @PostConstruct
    void start() {
        filter.install();
    }

    @PreDestroy
    void stop() {
        filter.remove();
    }

    /** Whether the subsystem takes work; if so, the execution is work in flight until it ends. */
    boolean begin(String subsystem, ScheduledExecution execution) {
        nextCall.remove();
        Optional<WorkInFlight> work = begin.apply(subsystem);
        work.ifPresent(begun -> {
            inFlight.put(execution, begun);
            nextCall.set(execution);
            if (VertxContext.isOnDuplicatedContext()) {
                LogFields.onContext(subsystem, begun.generation());
            }
            filter.silence(execution.getTrigger());
        });
        return work.isPresent();
    }

    /** The execution that calls the method, returned once; null if the scheduler is not the caller. */
    @Nullable
    ScheduledExecution takeCall() {
        ScheduledExecution execution = nextCall.get();
        nextCall.remove();
        return execution != null && inFlight.containsKey(execution) ? execution : null;
    }

    void succeeded(ScheduledExecution execution) {
        end(execution).ifPresent(WorkInFlight::close);
    }

    void failed(ScheduledExecution execution, Throwable failure) {
        end(execution).ifPresent(work -> work.fail(Thrown.unwrapped(failure)));
    }

    void onSuccess(@Observes @Priority(FIRST) SuccessfulExecution event) {
        succeeded(event.getExecution());
    }

    void onSkip(@Observes @Priority(FIRST) SkippedExecution event) {
        succeeded(event.getExecution());
    }

    void onFailure(@Observes @Priority(FIRST) FailedExecution event) {
        failed(event.getExecution(), event.getException());
    }

    private Optional<WorkInFlight> end(ScheduledExecution execution) {
        return Optional.ofNullable(inFlight.remove(execution));
    }
}

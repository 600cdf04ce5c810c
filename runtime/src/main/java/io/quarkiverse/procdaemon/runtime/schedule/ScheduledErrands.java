package io.quarkiverse.procdaemon.runtime.schedule;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Errand;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SkippedExecution;
import io.quarkus.scheduler.SuccessfulExecution;

/**
 * What the scheduler is doing for subsystems. Each execution that a {@link SubsystemGate} lets through ends in exactly one of
 * the scheduler's three events; that it was skipped after all is one of them.
 */
@Singleton
public class ScheduledErrands {

    // An observer that throws keeps later ones from hearing of the end, so these come before all others.
    private static final int FIRST = Integer.MIN_VALUE;

    private final Function<String, Optional<Errand>> begin;
    // Executions are told apart by identity: they define no equals().
    private final Map<ScheduledExecution, Errand> underWay = new ConcurrentHashMap<>();

    @Inject
    ScheduledErrands(Engine engine) {
        this(engine::beginErrand);
    }

    ScheduledErrands(Function<String, Optional<Errand>> begin) {
        this.begin = begin;
    }

    /** Whether the subsystem takes work now; if so, the execution is work in flight until its event. */
    boolean begin(String subsystem, ScheduledExecution execution) {
        Optional<Errand> errand = begin.apply(subsystem);
        errand.ifPresent(begun -> underWay.put(execution, begun));
        return errand.isPresent();
    }

    void succeeded(@Observes @Priority(FIRST) SuccessfulExecution event) {
        end(event.getExecution()).ifPresent(Errand::close);
    }

    void skipped(@Observes @Priority(FIRST) SkippedExecution event) {
        end(event.getExecution()).ifPresent(Errand::close);
    }

    void failed(@Observes @Priority(FIRST) FailedExecution event) {
        end(event.getExecution()).ifPresent(errand -> errand.fail(asThrown(event.getException())));
    }

    private Optional<Errand> end(ScheduledExecution execution) {
        return Optional.ofNullable(underWay.remove(execution));
    }

    private static Throwable asThrown(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}

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

import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.run.WorkInFlight;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SkippedExecution;
import io.quarkus.scheduler.SuccessfulExecution;

/**
 * What the scheduler is doing for subsystems. Each execution that a {@link SubsystemGate} lets through ends once: with an
 * event of the scheduler, one of which says that it was skipped after all, or where these may get lost with the call of the
 * method, which {@link CountedInterceptor} sees.
 */
@Singleton
public class ScheduledWork {

    // An observer that throws keeps later ones from hearing of the end, so these come before all others.
    private static final int FIRST = Integer.MIN_VALUE;

    private final Function<String, Optional<WorkInFlight>> begin;
    // Executions are told apart by identity: they define no equals().
    private final Map<ScheduledExecution, WorkInFlight> underWay = new ConcurrentHashMap<>();
    // The scheduler asks the gate and calls the method on one thread.
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

    /** Whether the subsystem takes work now; if so, the execution is work in flight until its end. */
    boolean begin(String subsystem, ScheduledExecution execution) {
        nextCall.remove();
        Optional<WorkInFlight> errand = begin.apply(subsystem);
        errand.ifPresent(begun -> {
            underWay.put(execution, begun);
            nextCall.set(execution);
            filter.silence(execution.getTrigger());
        });
        return errand.isPresent();
    }

    /** The execution that calls the method now, once for each; null if it is somebody else who calls. */
    ScheduledExecution takeCall() {
        ScheduledExecution execution = nextCall.get();
        nextCall.remove();
        return execution != null && underWay.containsKey(execution) ? execution : null;
    }

    void succeeded(ScheduledExecution execution) {
        end(execution).ifPresent(WorkInFlight::close);
    }

    void failed(ScheduledExecution execution, Throwable failure) {
        end(execution).ifPresent(errand -> errand.fail(Thrown.unwrapped(failure)));
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
        return Optional.ofNullable(underWay.remove(execution));
    }
}

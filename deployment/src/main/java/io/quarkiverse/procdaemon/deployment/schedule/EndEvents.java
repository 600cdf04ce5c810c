package io.quarkiverse.procdaemon.deployment.schedule;

import java.util.Set;

import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/**
 * The events in which the scheduler says that an execution has ended. It tells asynchronous observers first, and if the
 * executor rejects these, no observer is notified.
 */
final class EndEvents {

    private static final DotName OBSERVES_ASYNC = DotName.createSimple("jakarta.enterprise.event.ObservesAsync");
    private static final Set<DotName> TYPES = Set.of(DotName.createSimple("io.quarkus.scheduler.SuccessfulExecution"),
            DotName.createSimple("io.quarkus.scheduler.FailedExecution"), DotName.OBJECT_NAME);

    private EndEvents() {
    }

    /** Whether somebody observes one of them asynchronously. */
    static boolean mayGetLost(IndexView index) {
        return index.getAnnotations(OBSERVES_ASYNC).stream()
                .anyMatch(observer -> TYPES.contains(observer.target().asMethodParameter().type().name()));
    }
}

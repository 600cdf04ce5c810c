package io.quarkiverse.procdaemon.runtime.tracing;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** The span of one restart, with an event for each failure and each attempt. */
final class RestartSpan {

    private final Span span;
    private final long generation;

    RestartSpan(Tracer tracer, SubsystemEvent event, SubsystemEvent.@Nullable Failed failed) {
        Instant began = failed == null ? event.at() : failed.at();
        this.generation = event.generation();
        this.span = tracer.spanBuilder("proc-daemon restart").setNoParent().setStartTimestamp(began)
                .setAttribute("proc_daemon.subsystem.name", event.subsystem())
                .setAttribute("proc_daemon.subsystem.generation", generation)
                .startSpan();
    }

    /** With the conventional attributes of an exception. */
    RestartSpan failed(SubsystemEvent.@Nullable Failed failed) {
        if (failed != null) {
            span.addEvent("exception", Attributes.builder().put("exception.type", failed.failure().type())
                    .put("exception.message", DaemonSpans.text(failed.failure().message()))
                    .put("exception.stacktrace", failed.failure().stack())
                    .put("proc_daemon.outage", failed.outage()).build(), failed.at());
        }
        return this;
    }

    void attempt(SubsystemEvent.Restarting restarting) {
        span.addEvent("attempt", Attributes.builder().put("proc_daemon.restart.attempt", restarting.attempt())
                .put("proc_daemon.restart.delay_ms", restarting.delay().toMillis()).build(), restarting.at());
    }

    /** Whether it is the end of the run with which the restart began. */
    boolean isStopOf(SubsystemEvent event) {
        return event.generation() == generation;
    }

    /** @param failure why it is not RUNNING again; null if it is */
    void end(SubsystemEvent event, @Nullable String failure) {
        if (failure == null) {
            span.setAttribute("proc_daemon.subsystem.next_generation", event.generation());
        } else {
            span.setStatus(StatusCode.ERROR, DaemonSpans.text(failure));
        }
        span.end(event.at());
    }

    void abandon(String reason) {
        span.setStatus(StatusCode.ERROR, reason).end();
    }
}

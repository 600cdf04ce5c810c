package io.quarkiverse.procdaemon.runtime.tracing;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/**
 * Makes spans of restarts and reloads. A restart lasts from the failure, or the stop, until the subsystem is RUNNING again,
 * however many attempts that takes. Called by one thread at a time.
 */
@Singleton
public class DaemonSpans implements DaemonListener {

    private static final int MOST = 500;

    private final Instance<OpenTelemetry> telemetry;
    private final Map<String, RestartSpan> restarts = new HashMap<>();
    /** When those failed that have not been restarted yet. */
    private final Map<String, SubsystemEvent.Failed> failures = new HashMap<>();
    private @Nullable Tracer tracer;
    private @Nullable Span reload;

    DaemonSpans(Instance<OpenTelemetry> telemetry) {
        this.telemetry = telemetry;
    }

    private Tracer tracer() {
        if (tracer == null) {
            tracer = telemetry.get().getTracer("io.quarkiverse.procdaemon");
        }
        return tracer;
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        if (event instanceof SubsystemEvent.Failed failed) {
            failures.put(event.subsystem(), failed);
        } else if (event instanceof SubsystemEvent.Restarting restarting) {
            restart(event, failures.remove(event.subsystem())).attempt(restarting);
        } else if (event instanceof SubsystemEvent.Stopping stopping && stopping.reason() instanceof ShutdownReason.Restart) {
            restart(event, null);
        } else if (event instanceof SubsystemEvent.Started) {
            end(event, null);
        } else if (event instanceof SubsystemEvent.GaveUp gaveUp) {
            end(event, gaveUp.reason());
        } else if (event instanceof SubsystemEvent.Stopped && !isRestarting(event)) {
            end(event, "it was stopped");
        }
    }

    /** It stops in order to start again. */
    private boolean isRestarting(SubsystemEvent event) {
        RestartSpan span = restarts.get(event.subsystem());
        return span != null && span.isStopOf(event);
    }

    private RestartSpan restart(SubsystemEvent event, SubsystemEvent.@Nullable Failed failed) {
        return restarts.computeIfAbsent(event.subsystem(), name -> new RestartSpan(tracer(), event, failed)).failed(failed);
    }

    private void end(SubsystemEvent event, @Nullable String failure) {
        failures.remove(event.subsystem());
        RestartSpan span = restarts.remove(event.subsystem());
        if (span != null) {
            span.end(event, failure);
        }
    }

    @Override
    public void unregistered(String subsystem) {
        failures.remove(subsystem);
        RestartSpan span = restarts.remove(subsystem);
        if (span != null) {
            span.abandon("it was removed");
        }
    }

    @Override
    public void reloadBegan() {
        reload = tracer().spanBuilder("proc-daemon reload").setNoParent().startSpan();
    }

    @Override
    public void reloadCancelled() {
        if (reload != null) {
            reload.setStatus(StatusCode.ERROR, "cancelled").end();
            reload = null;
        }
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        if (reload == null) {
            return;
        }
        reload.setAttribute("proc_daemon.reload.status", result.status().name());
        reload.setAttribute("proc_daemon.config.epoch", result.epoch());
        reload.setAttribute("proc_daemon.reload.changed_keys", result.changed().size());
        if (result.status() == ReloadResult.Status.REJECTED) {
            reload.setStatus(StatusCode.ERROR, text(
                    result.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("; "))));
        }
        reload.end();
        reload = null;
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        for (RestartSpan span : restarts.values()) {
            span.abandon("the daemon shut down");
        }
        restarts.clear();
        reloadCancelled();
    }

    static String text(String any) {
        return PlainText.cut(PlainText.escape(any), MOST);
    }
}

package io.quarkiverse.procdaemon.runtime.engine.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.log.LogFields;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * What the log says of subsystems: which run, from which state to which, and why or how long it took, as in
 * {@code ingest#2 STOPPING -> RESTARTING, again in 100ms (attempt 1)}. Each line has the fields of {@link LogFields}; the state
 * is the one after the change. Of failures that repeat themselves the first has its stack trace, and so has the end, when it is
 * not tried again.
 */
final class SubsystemLog {

    private final Logger log;
    private final Map<String, SubsystemState> states = new HashMap<>();
    /** Of those that have failed lately. */
    private final Map<String, FailureSeries> failures = new HashMap<>();
    private final OutageLog outages;
    /** During a shutdown it is DEBUG: the report has all of it. */
    private Logger.Level stopLevel = Logger.Level.INFO;
    /** During a shutdown it is WARN: nothing is lost by it, and Quarkus marks errors then as if they came too late. */
    private Logger.Level failedLevel = Logger.Level.ERROR;

    SubsystemLog(Logger log) {
        this.log = log;
        this.outages = new OutageLog(log);
    }

    void shutdownBegan() {
        stopLevel = Logger.Level.DEBUG;
        failedLevel = Logger.Level.WARN;
    }

    /** In a test the daemon may come back. */
    void shutdownEnded() {
        stopLevel = Logger.Level.INFO;
        failedLevel = Logger.Level.ERROR;
    }

    Logger.Level stopLevel() {
        return stopLevel;
    }

    void onEvent(SubsystemEvent event) {
        log(event);
        FailureSeries series = failures.get(event.subsystem());
        if (series == null) {
            return;
        }
        if (event instanceof SubsystemEvent.Starting) {
            series.starting();
        } else if (event instanceof SubsystemEvent.Started) {
            series.running(event.at());
        } else if (event instanceof SubsystemEvent.Stopping) {
            series.ending(event.at());
        } else if (event instanceof SubsystemEvent.GaveUp || event instanceof SubsystemEvent.Stopped) {
            failures.remove(event.subsystem());
        }
    }

    private void log(SubsystemEvent event) {
        if (event instanceof SubsystemEvent.Waiting) {
            moved(Logger.Level.DEBUG, event, SubsystemState.WAITING);
        } else if (event instanceof SubsystemEvent.Starting) {
            moved(Logger.Level.DEBUG, event, SubsystemState.STARTING);
        } else if (event instanceof SubsystemEvent.Started) {
            moved(unlessHidden(Logger.Level.INFO, event), event, SubsystemState.RUNNING);
        } else if (event instanceof SubsystemEvent.Failed failed) {
            onFailure(failed, null);
        } else if (event instanceof SubsystemEvent.Restarting) {
            moved(unlessHidden(Logger.Level.INFO, event), event, SubsystemState.RESTARTING);
        } else if (event instanceof SubsystemEvent.GaveUp) {
            moved(failedLevel, event, SubsystemState.FAILED);
        } else if (event instanceof SubsystemEvent.Stopping) {
            moved(unlessHidden(stopLevel, event), event, SubsystemState.STOPPING);
        } else if (event instanceof SubsystemEvent.Stopped) {
            moved(event.generation() == 0 ? Logger.Level.DEBUG : unlessHidden(stopLevel, event), event, SubsystemState.STOPPED);
        } else if (event instanceof SubsystemEvent.StopTimedOut late) {
            stays(late.abandoned() ? failedLevel : Logger.Level.WARN, event, ErrorCode.STOP_TIMED_OUT,
                    " not ended " + (late.abandoned() ? "though interrupted, abandoned after " : "in time, interrupted after ")
                            + text(late.took()));
        } else if (event instanceof SubsystemEvent.HealthChanged health) {
            stays(health.healthy() ? Logger.Level.INFO : Logger.Level.WARN, event,
                    health.healthy() ? null : ErrorCode.UNHEALTHY,
                    health.healthy() ? " healthy again" : " unhealthy: " + PlainText.escape(health.reason()));
        } else if (event instanceof SubsystemEvent.OutageBegan began) {
            try (LogFields fields = fields(event, Codes.of(states.get(event.subsystem()) == SubsystemState.STARTING
                    ? SubsystemEvent.Phase.START
                    : SubsystemEvent.Phase.RUN))) {
                outages.began(began, run(event));
            }
        } else if (event instanceof SubsystemEvent.OutageEnded ended) {
            try (LogFields fields = fields(event, null)) {
                outages.ended(ended, run(event));
            }
        }
    }

    private Logger.Level unlessHidden(Logger.Level level, SubsystemEvent event) {
        return outages.hides(event) ? Logger.Level.DEBUG : level;
    }

    void unregistered(String subsystem) {
        states.remove(subsystem);
        failures.remove(subsystem);
        outages.unregistered(subsystem);
    }

    void onFailure(SubsystemEvent.Failed event, @Nullable Throwable thrown) {
        String from = state(event);
        String what = switch (event.failure().phase()) {
            case START ->
                isStopping(event) ? from + ": its start failed while it stopped" : from + " -> STOPPING: its start failed";
            case RUN -> isStopping(event) ? from + ": it failed while it stopped" : from + " -> STOPPING: it failed";
            case STOP -> from + ": its stop failed";
        };
        states.put(event.subsystem(), SubsystemState.STOPPING);
        try (LogFields fields = fields(event, Codes.of(event.failure(), thrown))) {
            failed(event, thrown, what);
        }
    }

    private void failed(SubsystemEvent.Failed event, @Nullable Throwable thrown, String what) {
        if (event.outage()) {
            outages.failed(event, run(event));
            log.debugf(thrown, "%s%s", run(event), what);
            return;
        }
        FailureSeries series = failures.get(event.subsystem());
        if (series == null) {
            series = new FailureSeries();
            failures.put(event.subsystem(), series);
        }
        int times = series.count(event.failure(), thrown);
        if (times == 1) {
            log.warnf(thrown, "%s%s", run(event), what);
        } else {
            log.warnf("%s%s as before (%d times): %s", run(event), what, times, Thrown.summary(event.failure()));
        }
    }

    private boolean isStopping(SubsystemEvent event) {
        return states.get(event.subsystem()) == SubsystemState.STOPPING;
    }

    private void moved(Logger.Level level, SubsystemEvent event, SubsystemState to) {
        SubsystemState from = states.put(event.subsystem(), to);
        if (log.isEnabled(level)) {
            FailureSeries series = event instanceof SubsystemEvent.GaveUp ? failures.get(event.subsystem()) : null;
            ErrorCode code = event instanceof SubsystemEvent.GaveUp gaveUp ? Codes.of(gaveUp.failure(), null) : null;
            try (LogFields fields = fields(event, code)) {
                log.log(level, run(event) + " " + (from == null ? SubsystemState.REGISTERED : from) + " -> " + to
                        + details(event), series == null ? null : series.unshown());
            }
        }
    }

    /** Why, or how long it took. */
    private static String details(SubsystemEvent event) {
        if (event instanceof SubsystemEvent.Waiting waiting) {
            return waiting.waitingFor().isEmpty() ? "" : ", for " + String.join(", ", waiting.waitingFor());
        } else if (event instanceof SubsystemEvent.Started started) {
            return took(started.took());
        } else if (event instanceof SubsystemEvent.Restarting restarting) {
            return ", again in " + text(restarting.delay()) + " (attempt " + restarting.attempt() + ")";
        } else if (event instanceof SubsystemEvent.GaveUp gaveUp) {
            return " for good: " + PlainText.escape(gaveUp.reason());
        } else if (event instanceof SubsystemEvent.Stopping stopping) {
            return ": " + ReasonText.of(stopping.reason());
        } else if (event instanceof SubsystemEvent.Stopped stopped) {
            return took(stopped.took());
        }
        return "";
    }

    private void stays(Logger.Level level, SubsystemEvent event, @Nullable ErrorCode code, String what) {
        try (LogFields fields = fields(event, code)) {
            log.logf(level, "%s%s:%s", run(event), state(event), what);
        }
    }

    private LogFields fields(SubsystemEvent event, @Nullable ErrorCode code) {
        return LogFields.ofLine(event.subsystem(), event.generation(),
                states.getOrDefault(event.subsystem(), SubsystemState.REGISTERED), code);
    }

    private static String run(SubsystemEvent event) {
        return event.generation() == 0 ? event.subsystem() : event.subsystem() + "#" + event.generation();
    }

    private String state(SubsystemEvent event) {
        return " " + states.getOrDefault(event.subsystem(), SubsystemState.REGISTERED);
    }

    private static String took(Duration duration) {
        return " (took " + text(duration) + ")";
    }

    private static String text(Duration duration) {
        return Durations.text(duration);
    }
}

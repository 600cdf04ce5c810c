package io.quarkiverse.procdaemon.runtime.engine.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.log.LogFields;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** Events as log lines that a person can follow: those of the daemon here, those of its subsystems in {@link SubsystemLog}. */
public final class EventLog implements DaemonListener {

    private final Logger log = Logger.getLogger("io.quarkiverse.procdaemon");
    private final SubsystemLog subsystems = new SubsystemLog(log);

    @Override
    public void onEvent(SubsystemEvent event) {
        subsystems.onEvent(event);
    }

    @Override
    public void unregistered(String subsystem) {
        subsystems.unregistered(subsystem);
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        try (LogFields fields = LogFields.ofCode(Codes.of(result))) {
            log.log(result.status() == ReloadResult.Status.REJECTED ? Logger.Level.ERROR : Logger.Level.INFO,
                    ReloadText.of(result));
        }
        if (!result.pendingRestart().isEmpty()) {
            log.warnf("Restart required for: %s", ReloadText.keys(result.pendingRestart()));
        }
    }

    @Override
    public void limitExceeded(ResourceLimitExceeded event, boolean shutsDown) {
        log.warn(ResourceText.of(event, shutsDown));
    }

    @Override
    public void limitCleared(ResourceLimitCleared event) {
        log.info(ResourceText.of(event));
    }

    // During a shutdown they are DEBUG: it lets no work in, however that was before.

    @Override
    public void drainBegan(String daemon, List<String> inFlight) {
        log.logf(subsystems.stopLevel(), "%s is draining: it takes no new work until it is resumed; %s",
                PlainText.escape(daemon),
                inFlight.isEmpty() ? "nothing is in flight" : "in flight: " + String.join(", ", inFlight));
    }

    @Override
    public void drained(String daemon, Duration took) {
        log.logf(subsystems.stopLevel(), "%s has drained: nothing is in flight any more (took %s)", PlainText.escape(daemon),
                text(took));
    }

    @Override
    public void resumed(String daemon) {
        log.logf(subsystems.stopLevel(), "%s has resumed: it takes new work again", PlainText.escape(daemon));
    }

    @Override
    public void shutdownBegan(String daemon, ShutdownReason reason, OptionalInt exitCode, boolean duringStart) {
        subsystems.shutdownBegan();
        log.infof("%s is shutting down: %s%s", PlainText.escape(daemon), ReportText.reason(ReasonText.of(reason), exitCode),
                duringStart ? ", before it has started" : "");
    }

    @Override
    public void shutdownDelayed(String daemon, Duration after, List<String> held) {
        log.warn(ReportText.delayed(daemon, after, held));
    }

    @Override
    public void shutdownHurried(String daemon, ShutdownReason.Signal signal, Duration after) {
        log.warnf("%s got the signal %s once more, %s after its shutdown began: the graceful time is over, what still runs is"
                + " interrupted", daemon, signal.name(), text(after));
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        subsystems.shutdownEnded();
        log.log(switch (report.outcome()) {
            case CLEAN -> Logger.Level.INFO;
            case UNCLEAN, FAILED, CRASHED -> Logger.Level.WARN;
            case KILLED -> Logger.Level.ERROR;
        }, ReportText.of(report));
    }

    @Override
    public void onFailure(SubsystemEvent.Failed event, @Nullable Throwable thrown) {
        subsystems.onFailure(event, thrown);
    }

    private static String text(Duration duration) {
        return Durations.text(duration);
    }
}

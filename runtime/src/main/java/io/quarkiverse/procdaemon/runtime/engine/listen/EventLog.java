package io.quarkiverse.procdaemon.runtime.engine.listen;

import java.time.Duration;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;

/** Events as log lines that a person can follow. */
public final class EventLog implements SubsystemListener {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    @Override
    public void onEvent(SubsystemEvent event) {
        String run = event.subsystem() + (event.generation() > 1 ? "#" + event.generation() : "");
        if (event instanceof SubsystemEvent.Waiting waiting) {
            LOG.debugf("%s waits for %s", run, waiting.waitingFor());
        } else if (event instanceof SubsystemEvent.Starting) {
            LOG.debugf("%s is starting", run);
        } else if (event instanceof SubsystemEvent.Started started) {
            LOG.infof("%s is running (started in %s)", run, text(started.took()));
        } else if (event instanceof SubsystemEvent.Failed failed) {
            failed(run, failed);
        } else if (event instanceof SubsystemEvent.Restarting restarting) {
            LOG.infof("%s restarts in %s (attempt %d)", run, text(restarting.delay()), restarting.attempt());
        } else if (event instanceof SubsystemEvent.GaveUp gaveUp) {
            gaveUp(run, gaveUp);
        } else if (event instanceof SubsystemEvent.Stopping stopping) {
            LOG.infof("%s is stopping: %s", run, stopping.reason());
        } else if (event instanceof SubsystemEvent.Stopped stopped) {
            stopped(run, stopped);
        } else if (event instanceof SubsystemEvent.StopTimedOut timedOut) {
            timedOut(run, timedOut);
        } else if (event instanceof SubsystemEvent.HealthChanged health) {
            LOG.logf(health.healthy() ? Logger.Level.INFO : Logger.Level.WARN, "%s is %s", run,
                    health.healthy() ? "healthy again" : "unhealthy: " + health.reason());
        }
    }

    private static void failed(String run, SubsystemEvent.Failed event) {
        String what = switch (event.phase()) {
            case START -> "failed to start";
            case RUN -> "failed";
            case STOP -> "failed to clean up";
        };
        LOG.warnf(event.cause(), "%s %s", run, what);
    }

    private static void gaveUp(String run, SubsystemEvent.GaveUp event) {
        Failure last = new Failure(event.at(), event.generation(), event.phase(), event.cause());
        LOG.errorf("%s has failed for good: %s; the last failure: %s", run, event.reason(), last.message());
    }

    private static void stopped(String run, SubsystemEvent.Stopped event) {
        LOG.logf(event.generation() == 0 ? Logger.Level.DEBUG : Logger.Level.INFO, "%s has stopped (in %s)", run,
                text(event.took()));
    }

    private static void timedOut(String run, SubsystemEvent.StopTimedOut event) {
        if (event.abandoned()) {
            LOG.errorf("%s ignored its interrupt and is abandoned after %s; the others go on without it", run,
                    text(event.took()));
        } else {
            LOG.warnf("%s has not stopped within %s and is interrupted", run, text(event.took()));
        }
    }

    private static String text(Duration duration) {
        return DurationText.of(duration);
    }
}

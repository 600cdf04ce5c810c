package io.quarkiverse.procdaemon.runtime.jfr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.events.ReasonText;
import jdk.jfr.FlightRecorder;

/** Records what it hears. Recordings that begin later, with other settings, have it too. */
final class JfrEvents implements DaemonListener {

    private @Nullable ConfigReload reload;

    /** All of them now, so that the shutdown finds them loaded. */
    JfrEvents() {
        FlightRecorder.register(SubsystemTransition.class);
        FlightRecorder.register(SubsystemFailure.class);
        FlightRecorder.register(SubsystemRestart.class);
        FlightRecorder.register(SubsystemHealth.class);
        FlightRecorder.register(SubsystemOutage.class);
        FlightRecorder.register(ConfigReload.class);
        FlightRecorder.register(DaemonDrain.class);
        FlightRecorder.register(ResourceLimit.class);
        FlightRecorder.register(ShutdownPhase.class);
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        if (event instanceof SubsystemEvent.Failed failed) {
            SubsystemFailure record = new SubsystemFailure(failed.failure());
            record.outage = failed.outage();
            record.commit(event);
        } else if (event instanceof SubsystemEvent.GaveUp gaveUp) {
            SubsystemFailure record = new SubsystemFailure(gaveUp.failure());
            record.reason = DaemonEvent.text(gaveUp.reason());
            record.commit(event);
        } else if (event instanceof SubsystemEvent.Restarting restarting) {
            SubsystemRestart record = new SubsystemRestart();
            record.delay = DaemonEvent.nanos(restarting.delay());
            record.attempt = restarting.attempt();
            record.commit(event);
        } else if (event instanceof SubsystemEvent.HealthChanged changed) {
            SubsystemHealth record = new SubsystemHealth();
            record.healthy = changed.healthy();
            record.reason = DaemonEvent.text(changed.reason());
            record.commit(event);
        } else if (event instanceof SubsystemEvent.OutageBegan began) {
            SubsystemOutage record = new SubsystemOutage();
            record.reason = DaemonEvent.text(began.reason());
            record.commit(event);
        } else if (event instanceof SubsystemEvent.OutageEnded ended) {
            SubsystemOutage record = new SubsystemOutage();
            record.took = DaemonEvent.nanos(ended.took());
            record.recovered = ended.recovered();
            record.commit(event);
        } else {
            transition(event).commit(event);
        }
    }

    private static SubsystemTransition transition(SubsystemEvent event) {
        SubsystemTransition record = new SubsystemTransition();
        if (event instanceof SubsystemEvent.Waiting waiting) {
            record.reason = DaemonEvent.text("waits for " + String.join(", ", waiting.waitingFor()));
        } else if (event instanceof SubsystemEvent.Started started) {
            record.took = DaemonEvent.nanos(started.took());
        } else if (event instanceof SubsystemEvent.Stopping stopping) {
            record.reason = DaemonEvent.text(ReasonText.of(stopping.reason()));
        } else if (event instanceof SubsystemEvent.Stopped stopped) {
            record.took = DaemonEvent.nanos(stopped.took());
        } else if (event instanceof SubsystemEvent.StopTimedOut late) {
            record.took = DaemonEvent.nanos(late.took());
            record.reason = late.abandoned() ? "abandoned" : "interrupted";
        }
        return record;
    }

    @Override
    public void reloadBegan() {
        reload = new ConfigReload();
        reload.begin();
    }

    @Override
    public void reloadCancelled() {
        end(reload());
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        ConfigReload ending = reload();
        ending.result(result);
        end(ending);
    }

    /** A new one if this did not listen yet when it began. */
    private ConfigReload reload() {
        return reload == null ? new ConfigReload() : reload;
    }

    private void end(ConfigReload ending) {
        ending.commit();
        reload = null;
    }

    @Override
    public void limitExceeded(ResourceLimitExceeded event, boolean shutsDown) {
        ResourceLimit record = new ResourceLimit(event.resource(), event.used(), event.limit());
        record.exceeded = true;
        record.shutsDown = shutsDown;
        record.commit();
    }

    @Override
    public void limitCleared(ResourceLimitCleared event) {
        new ResourceLimit(event.resource(), event.used(), event.limit()).commit();
    }

    @Override
    public void drainBegan(String daemon, List<String> inFlight) {
        DaemonDrain record = new DaemonDrain("BEGAN", daemon);
        record.inFlight = DaemonEvent.text(String.join(", ", inFlight));
        record.commit();
    }

    @Override
    public void drained(String daemon, Duration took) {
        DaemonDrain record = new DaemonDrain("DRAINED", daemon);
        record.took = DaemonEvent.nanos(took);
        record.commit();
    }

    @Override
    public void resumed(String daemon) {
        new DaemonDrain("RESUMED", daemon).commit();
    }

    @Override
    public void shutdownBegan(String daemon, ShutdownReason reason, OptionalInt exitCode, boolean duringStart) {
        ShutdownPhase record = new ShutdownPhase("BEGAN", daemon);
        record.reason = DaemonEvent.text(ReasonText.of(reason));
        record.exitCode = DaemonEvent.exitCode(exitCode);
        record.duringStart = duringStart;
        record.commit();
    }

    @Override
    public void shutdownDelayed(String daemon, Duration after, List<String> held) {
        ShutdownPhase record = new ShutdownPhase("DELAYED", daemon);
        record.after = DaemonEvent.nanos(after);
        record.waitsFor(held);
        record.commit();
    }

    @Override
    public void shutdownHurried(String daemon, ShutdownReason.Signal signal, Duration after) {
        ShutdownPhase record = new ShutdownPhase("HURRIED", daemon);
        record.reason = DaemonEvent.text(ReasonText.of(signal));
        record.after = DaemonEvent.nanos(after);
        record.commit();
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        ShutdownPhase record = new ShutdownPhase("ENDED", report.daemon());
        if (report.reason().isPresent()) {
            record.reason = DaemonEvent.text(ReasonText.of(report.reason().get()));
        }
        record.exitCode = DaemonEvent.exitCode(report.exitCode());
        record.duringStart = report.duringStart();
        record.after = DaemonEvent.nanos(report.took());
        record.outcome = report.outcome().name();
        record.endings(report.entries());
        record.commit();
    }
}

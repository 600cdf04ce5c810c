package io.quarkiverse.procdaemon.runtime.jfr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import jdk.jfr.FlightRecorder;

/**
 * Sleeps until the Flight Recorder is used in this process. The event classes are loaded when it takes the first event then.
 */
@Singleton
public class JfrListener implements DaemonListener {

    private final boolean present = isPresent();
    private volatile @Nullable JfrEvents events;

    /** A runtime may lack the module. */
    private static boolean isPresent() {
        try {
            FlightRecorder.isInitialized();
            return true;
        } catch (LinkageError missing) {
            return false;
        }
    }

    @Override
    public boolean isListening() {
        return present && FlightRecorder.isInitialized();
    }

    /** Two threads may make two of them, which does no harm; a lock might be held by one that hangs. */
    private JfrEvents events() {
        JfrEvents known = events;
        if (known == null) {
            known = new JfrEvents();
            events = known;
        }
        return known;
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        events().onEvent(event);
    }

    @Override
    public void reloadBegan() {
        events().reloadBegan();
    }

    @Override
    public void reloadCancelled() {
        events().reloadCancelled();
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        events().reloaded(result, at);
    }

    @Override
    public void limitExceeded(ResourceLimitExceeded event, boolean shutsDown) {
        events().limitExceeded(event, shutsDown);
    }

    @Override
    public void limitCleared(ResourceLimitCleared event) {
        events().limitCleared(event);
    }

    @Override
    public void drainBegan(String daemon, List<String> inFlight) {
        events().drainBegan(daemon, inFlight);
    }

    @Override
    public void drained(String daemon, Duration took) {
        events().drained(daemon, took);
    }

    @Override
    public void resumed(String daemon) {
        events().resumed(daemon);
    }

    @Override
    public void shutdownBegan(String daemon, ShutdownReason reason, OptionalInt exitCode, boolean duringStart) {
        events().shutdownBegan(daemon, reason, exitCode, duringStart);
    }

    @Override
    public void shutdownDelayed(String daemon, Duration after, List<String> held) {
        events().shutdownDelayed(daemon, after, held);
    }

    @Override
    public void shutdownHurried(String daemon, ShutdownReason.Signal signal, Duration after) {
        events().shutdownHurried(daemon, signal, after);
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        // The only one that is not queued, and so comes also while this does not listen.
        if (isListening()) {
            events().shutdownEnded(report);
        }
    }
}

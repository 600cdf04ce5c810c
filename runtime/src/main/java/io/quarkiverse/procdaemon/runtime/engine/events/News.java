package io.quarkiverse.procdaemon.runtime.engine.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.DaemonSignal;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;

/**
 * What listeners hear of besides the events of subsystems. Named classes, which can be loaded before the shutdown needs them.
 */
public sealed interface News extends Consumer<DaemonListener> {

    record Registered(String subsystem) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.registered(subsystem);
        }
    }

    record Unregistered(String subsystem) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.unregistered(subsystem);
        }
    }

    record ReloadBegan() implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.reloadBegan();
        }
    }

    record ReloadCancelled() implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.reloadCancelled();
        }
    }

    record Reloaded(ReloadResult result, Instant at) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.reloaded(result, at);
        }
    }

    record StateChanged() implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.stateChanged();
        }
    }

    record DrainBegan(String daemon, List<String> inFlight) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.drainBegan(daemon, inFlight);
        }
    }

    record Drained(String daemon, Duration took) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.drained(daemon, took);
        }
    }

    record Resumed(String daemon) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.resumed(daemon);
        }
    }

    record SignalReceived(DaemonSignal signal) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.signalReceived(signal);
        }
    }

    record LimitExceeded(ResourceLimitExceeded event, boolean shutsDown) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.limitExceeded(event, shutsDown);
        }
    }

    record LimitCleared(ResourceLimitCleared event) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.limitCleared(event);
        }
    }

    record ShutdownBegan(String daemon, ShutdownReason reason, OptionalInt exitCode, boolean duringStart) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.shutdownBegan(daemon, reason, exitCode, duringStart);
        }
    }

    record ShutdownHurried(String daemon, ShutdownReason.Signal signal, Duration after) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.shutdownHurried(daemon, signal, after);
        }
    }

    record ShutdownDelayed(String daemon, Duration after, List<String> blockers) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.shutdownDelayed(daemon, after, blockers);
        }
    }

    record ShutdownEnded(ShutdownReport report) implements News {
        @Override
        public void accept(DaemonListener listener) {
            listener.shutdownEnded(report);
        }
    }
}

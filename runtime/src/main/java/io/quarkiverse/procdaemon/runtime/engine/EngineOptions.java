package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SettingsSource;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/**
 * The parameters of an engine, besides its subsystems.
 *
 * @param name the daemon's name
 * @param timeouts the timeouts of a shutdown
 * @param platform clock, timers and threads
 * @param jitter spreads restarts and health checks
 * @param settings the settings of subsystems that are registered through the API
 * @param listeners notified of every event, in this order
 * @param process the control over the process
 * @param previous how the previous process ended, if known
 * @param reload reloads the configuration; gets who requests it, for the log
 * @param retriesStart whether a start that fails before the daemon was ever RUNNING is retried
 * @param around what the code of subsystems that are registered through the API is called through
 * @param resources reads what the process uses
 */
public record EngineOptions(String name, ShutdownTimeouts timeouts, Platform platform, DoubleSupplier jitter,
        SettingsSource settings,
        List<SubsystemListener> listeners, ProcessControl process,
        Optional<ShutdownReport> previous, Function<String, CompletionStage<ReloadResult>> reload, boolean retriesStart,
        UnaryOperator<Behavior> around, ResourceReader resources) {

    private static final ResourceReader UNKNOWN = new ResourceReader() {
        @Override
        public ResourceUsage read() {
            return new ResourceUsage(Instant.now(), Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
                    OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty(),
                    Thread.activeCount(), OptionalLong.empty(), OptionalLong.empty());
        }

        @Override
        public List<ResourceUsage> history() {
            return List.of();
        }
    };

    /** Without reloads, and without a reader of what the process uses. */
    public EngineOptions(String name, ShutdownTimeouts timeouts, Platform platform, DoubleSupplier jitter,
            SettingsSource settings,
            List<SubsystemListener> listeners, ProcessControl process, Optional<ShutdownReport> previous) {
        this(name, timeouts, platform, jitter, settings, listeners, process, previous,
                by -> CompletableFuture.failedFuture(new DaemonStateException(ErrorCode.WRONG_STATE,
                        "this daemon does not reload its configuration")),
                true, UnaryOperator.identity(), UNKNOWN);
    }

    /** A copy with another reaction to a failed start. */
    public EngineOptions withRetriesStart(boolean value) {
        return new EngineOptions(name, timeouts, platform, jitter, settings, listeners, process, previous, reload, value,
                around, resources);
    }
}

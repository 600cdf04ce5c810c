package io.quarkiverse.procdaemon.runtime.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.runtime.engine.events.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.engine.graph.SettingsSource;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Jitter;

/**
 * What an engine is made with, besides its subsystems.
 *
 * @param name the daemon's name
 * @param timeouts the moments of a shutdown
 * @param platform time and threads
 * @param jitter spreads restarts
 * @param settings the rules for subsystems that are registered by hand
 * @param listeners hear every event, called in this order
 * @param process how the process is ended
 * @param previous how the process before this one ended, as far as known
 * @param reload has the configuration read anew
 * @param retriesStart whether a start that fails before the daemon was ever RUNNING is tried again
 */
public record EngineOptions(String name, ShutdownTimeouts timeouts, Platform platform, Jitter jitter, SettingsSource settings,
        List<SubsystemListener> listeners, ProcessControl process,
        Optional<ShutdownReport> previous, Supplier<CompletionStage<ReloadResult>> reload, boolean retriesStart) {

    /** Where the configuration is not read anew. */
    public EngineOptions(String name, ShutdownTimeouts timeouts, Platform platform, Jitter jitter, SettingsSource settings,
            List<SubsystemListener> listeners, ProcessControl process, Optional<ShutdownReport> previous) {
        this(name, timeouts, platform, jitter, settings, listeners, process, previous,
                () -> CompletableFuture.failedFuture(new DaemonStateException(ErrorCode.WRONG_STATE,
                        "this daemon does not reload its configuration")),
                true);
    }

    /** The same with another answer to a start that fails. */
    public EngineOptions withRetriesStart(boolean value) {
        return new EngineOptions(name, timeouts, platform, jitter, settings, listeners, process, previous, reload, value);
    }
}

package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.DaemonSignal;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.events.News;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.signal.RequestedDump;
import io.quarkiverse.procdaemon.runtime.signal.SignalTarget;
import io.quarkus.arc.ArcContainer;

/** The daemon as signals see it. */
final class SignalledDaemon implements SignalTarget, DaemonService {

    private final Engine engine;
    private final ArcContainer container;
    private final Consumer<String> reload;
    private final boolean observed;
    private final Threads threads = new SystemThreads();
    private boolean assembled;
    /** The signal that asked for a dump before there was a bean to write it; null if none did. */
    private @Nullable String early;

    /**
     * @param container has the bean that writes dumps, which is not created before the first one
     * @param reload requests a reload; must not block
     * @param observed whether the application observes signals
     */
    SignalledDaemon(Engine engine, ArcContainer container, Consumer<String> reload, boolean observed) {
        this.engine = engine;
        this.container = container;
        this.reload = reload;
        this.observed = observed;
    }

    @Override
    public void shutdown(ShutdownReason.Signal signal, int exitCode) {
        engine.shutdownCoordinator().signalled(signal, exitCode);
    }

    @Override
    public void reload(String cause) {
        reload.accept(cause);
    }

    @Override
    public void begin(DaemonInternals daemon) {
        // Signals may have come already.
    }

    @Override
    public void assembled() {
        String signal;
        synchronized (this) {
            assembled = true;
            signal = early;
        }
        if (signal != null) {
            dump(signal);
        }
    }

    @Override
    public void end() {
        // They may come until the process ends.
    }

    @Override
    public void dump(String signal) {
        synchronized (this) {
            if (!assembled) {
                early = signal;
                return;
            }
        }
        RequestedDump.begin(container.instance(Diagnostics.class).get(), signal, threads);
    }

    @Override
    public void drain() {
        engine.drain();
    }

    @Override
    public void resume() {
        engine.resume();
    }

    @Override
    public void received(DaemonSignal signal) {
        if (observed) {
            engine.tell(new News.SignalReceived(signal));
        }
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;

public final class Engine implements Daemon {

    public Engine(EngineOptions options, List<SubsystemSpec> specs) {
    }

    /**
     * Starts everything, as parallel as the graph allows, and waits until all critical subsystems are RUNNING and no
     * non-critical one is still on its way. If a critical one fails, all are stopped again before this throws.
     *
     * @throws io.quarkiverse.procdaemon.SubsystemException that names the subsystem that failed
     */
    public void start() {
        throw new UnsupportedOperationException();
    }

    /**
     * Stops everything in exact reverse and waits for it, at most for the kill time-out. Later calls (from any thread) wait for
     * the
     * first one's end. Never throws; works before, during and after start().
     */
    public void stop(ShutdownReason reason) {
        throw new UnsupportedOperationException();
    }

    /** Whether every critical subsystem has been RUNNING; stays true. Reads a field. */
    public boolean hasStarted() {
        throw new UnsupportedOperationException();
    }

    /** The exit code that was fixed by shutdown(int) or a fatal failure; empty if there was none. */
    public java.util.OptionalInt exitCode() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DaemonState state() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SubsystemInfo> subsystems() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SubsystemInfo> subsystem(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> start(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> stop(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> restart(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown(int exitCode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void drain() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Flow.Publisher<SubsystemEvent> events() {
        throw new UnsupportedOperationException();
    }
}

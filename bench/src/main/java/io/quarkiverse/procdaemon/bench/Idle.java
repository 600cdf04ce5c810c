package io.quarkiverse.procdaemon.bench;

import java.util.List;

import io.quarkiverse.procdaemon.runtime.engine.events.Dispatcher;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.run.Events;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Lifecycle;
import io.quarkiverse.procdaemon.runtime.engine.run.Mark;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.run.Reports;
import io.quarkiverse.procdaemon.runtime.engine.time.Now;

/** A subsystem without code, to send events of; {@link Lifecycle#stopTimedOut()} is one without a transition. */
final class Idle implements Reports {

    private Idle() {
    }

    static Lifecycle lifecycle(Platform platform, Dispatcher dispatcher) {
        return new Lifecycle(new SubsystemSpec("idle", List.of(), Behavior.NONE, SubsystemSettings.DEFAULT), platform,
                new Now(platform.ticker()), new Events(dispatcher), new Mark(), new Idle());
    }

    @Override
    public Report begins(Generation generation, Phase phase) {
        throw new AssertionError("it has no code");
    }

    @Override
    public void drained(Generation generation) {
        // nobody works for it
    }

    @Override
    public void errandFailed(Generation generation, Phase phase, Thrown cause, Runnable known) {
        // it has no errands
    }
}

package io.quarkiverse.procdaemon.runtime.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Platform;
import io.quarkiverse.procdaemon.runtime.engine.listen.ReasonText;
import io.quarkiverse.procdaemon.runtime.engine.listen.ReportText;
import io.quarkiverse.procdaemon.runtime.engine.listen.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.engine.sequence.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.thread.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * The start and the shutdown of a small daemon that nobody sees. After it the JVM has loaded and linked what a shutdown needs,
 * which it may no longer be able to do when there is no memory left or a thread that hangs holds the lock of a class loader,
 * and which takes its time when the shutdown is to be quick.
 */
public final class Rehearsal {

    private static final Timer NEVER = (task, delay) -> () -> {
    };

    private Rehearsal() {
    }

    /** Takes some milliseconds; any thread may call this. */
    public static void run() {
        Behavior waiting = new Behavior(null, context -> {
            context.await();
            return null;
        }, context -> null, null);
        SubsystemSettings settings = SubsystemSettings.declared(RestartPolicy.NEVER, true);
        Engine engine = new Engine(new EngineOptions("rehearsal", ShutdownTimeouts.DEFAULT,
                new Platform(Ticker.SYSTEM, NEVER, new SystemThreads(), name -> NEVER), () -> 0,
                (name, restart, critical) -> settings, List.of(new Silent()), ProcessControl.NONE, Optional.empty()),
                List.of(new SubsystemSpec("below", List.of(), waiting, settings),
                        new SubsystemSpec("above", List.of("below"), waiting, settings)));
        engine.start();
        engine.shutdownCoordinator().signalled(new ShutdownReason.Signal(15, "TERM"), 143);
        engine.stop(new ShutdownReason.Requested("the rehearsal"));
        // System.exit asks for it since Java 21, and whoever provides the loggers has to be found first.
        System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG);
    }

    /** Says everything to nobody. */
    private static final class Silent implements SubsystemListener {

        @Override
        public void onEvent(SubsystemEvent event) {
            // Nobody hears it.
        }

        @Override
        public void shutdownBegan(String daemon, ShutdownReason reason, OptionalInt exitCode) {
            ReportText.reason(ReasonText.of(reason), exitCode);
        }

        @Override
        public void shutdownEnded(ShutdownReport report) {
            ReportText.of(report);
        }
    }
}

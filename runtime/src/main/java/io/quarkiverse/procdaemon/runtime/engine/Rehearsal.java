package io.quarkiverse.procdaemon.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

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
 * Starts and shutdowns of small daemons that nobody sees. After them the JVM has loaded and linked what a shutdown needs,
 * which it may no longer be able to do when there is no memory left or a thread that hangs holds the lock of a class loader,
 * and which takes its time when the shutdown is to be quick; and if there are many subsystems, it has compiled what each takes.
 */
public final class Rehearsal {

    private static final Timer NEVER = (task, delay) -> () -> {
    };

    /**
     * What has run some hundred times is compiled, some thousand if the compiler is busy, as it is after a start; for a few
     * subsystems that is not worth it.
     */
    private static final int TIMES = 10;
    private static final int MOST = 1000;
    private static final int AT_ONCE = 30;
    /**
     * After each few the compiler has time for what they made it notice. Without it, it puts off what is asked for while much
     * else is, until the real shutdown asks again.
     */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private Rehearsal() {
    }

    /**
     * Takes some milliseconds, or half a second, most of it pauses, if there is much to be rehearsed; any thread may call this.
     *
     * @param subsystems how many the real daemon has
     * @param inEarnest whether the real shutdown has begun, so that no more is rehearsed
     */
    public static void run(int subsystems, BooleanSupplier inEarnest) {
        int left = Math.min(Math.max(subsystems, 1), MOST / TIMES) * TIMES;
        for (; left > 0 && !inEarnest.getAsBoolean(); left -= AT_ONCE) {
            startAndStop(Math.min(left, AT_ONCE));
            LockSupport.parkNanos(PAUSE);
        }
        // System.exit asks for it since Java 21, and whoever provides the loggers has to be found first.
        System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG);
    }

    private static void startAndStop(int subsystems) {
        Behavior waiting = new Behavior(null, context -> {
            context.await();
            return null;
        }, context -> null, null);
        SubsystemSettings settings = SubsystemSettings.declared(RestartPolicy.NEVER, true);
        Engine engine = new Engine(new EngineOptions("rehearsal", ShutdownTimeouts.DEFAULT,
                new Platform(Ticker.SYSTEM, NEVER, new SystemThreads(), name -> NEVER), () -> 0,
                (name, restart, critical) -> () -> settings, List.of(new Silent()), ProcessControl.NONE, Optional.empty()),
                specs(subsystems, waiting, settings));
        engine.start();
        engine.shutdownCoordinator().signalled(new ShutdownReason.Signal(15, "TERM"), 143);
        engine.stop(new ShutdownReason.Requested("the rehearsal"));
    }

    private static List<SubsystemSpec> specs(int howMany, Behavior behavior, SubsystemSettings settings) {
        List<SubsystemSpec> specs = new ArrayList<>(howMany);
        specs.add(new SubsystemSpec("0", List.of(), behavior, settings));
        for (int i = 1; i < howMany; i++) {
            specs.add(new SubsystemSpec(Integer.toString(i), List.of("0"), behavior, settings));
        }
        return specs;
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

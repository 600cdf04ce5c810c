package io.quarkiverse.procdaemon.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SettingsSource;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Platform;
import io.quarkiverse.procdaemon.runtime.engine.listen.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.sequence.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.thread.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.thread.Uninterrupted;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * Starts and shutdowns of small daemons that nobody sees. After them the JVM has loaded and linked what a shutdown needs,
 * which it may no longer be able to do when there is no memory left or a thread that hangs holds the lock of a class loader,
 * and which takes its time when the shutdown is to be quick; and if there are many subsystems, it has compiled what each takes.
 */
public final class Rehearsal {

    private static final Logger LOG = Logger.getLogger(Rehearsal.class);

    private static final String NAME = "rehearsal";
    private static final Timer NEVER = (task, delay) -> () -> {
    };

    private static final ShutdownReason.Signal TERM = new ShutdownReason.Signal(15, "TERM");
    private static final ShutdownReason END = new ShutdownReason.Requested("the rehearsal");
    /** Once the graceful time is over, so is all. */
    private static final ShutdownTimeouts AT_THE_SAME_MOMENT = new ShutdownTimeouts(ShutdownTimeouts.DEFAULT.kill(),
            ShutdownTimeouts.DEFAULT.kill(), ShutdownTimeouts.DEFAULT.kill());

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
     * @param rules by which the real daemon would run one more
     * @param inEarnest whether the real shutdown has begun, so that no more is rehearsed
     */
    public static void run(int subsystems, SettingsSource rules, BooleanSupplier inEarnest) {
        Supplier<SubsystemSettings> settings = rules.of(NAME, RestartPolicy.NEVER, true);
        interrupt(settings);
        abandon(settings);
        kill(settings);
        int left = Math.min(Math.max(subsystems, 1), MOST / TIMES) * TIMES;
        for (; left > 0 && !inEarnest.getAsBoolean(); left -= AT_ONCE) {
            startAndStop(specs(Math.min(left, AT_ONCE), heeding(), settings), ShutdownTimeouts.DEFAULT, 1);
            LockSupport.parkNanos(PAUSE);
        }
        // System.exit asks for it since Java 21, and whoever provides the loggers has to be found first.
        System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG);
        LOG.debug("The shutdown has been rehearsed");
    }

    /** Ends when it is told. */
    private static Behavior heeding() {
        return new Behavior(null, context -> {
            context.whenShutdown();
            context.await();
            return null;
        }, context -> null, null);
    }

    private static void interrupt(Supplier<SubsystemSettings> settings) {
        Behavior deaf = Behavior.running(context -> {
            new CountDownLatch(1).await();
            return null;
        });
        startAndStop(specs(1, deaf, settings), ShutdownTimeouts.DEFAULT, 2);
    }

    /** With the warnings before. */
    private static void abandon(Supplier<SubsystemSettings> settings) {
        CountDownLatch over = new CountDownLatch(1);
        Behavior hung = Behavior.running(context -> {
            Uninterrupted.await(() -> over.await(1, TimeUnit.MINUTES));
            return null;
        });
        try {
            startAndStop(specs(1, hung, settings), AT_THE_SAME_MOMENT, 2);
        } finally {
            over.countDown();
        }
    }

    private static void startAndStop(List<SubsystemSpec> specs, ShutdownTimeouts timeouts, int signals) {
        Engine engine = engine(specs, timeouts, ProcessControl.NONE, name -> NEVER);
        engine.start();
        for (int i = 0; i < signals; i++) {
            engine.shutdownCoordinator().signalled(TERM, 143);
        }
        engine.stop(END);
    }

    /** When all subsystems have ended, but something else holds the process up. */
    private static void kill(Supplier<SubsystemSettings> settings) {
        Undying process = new Undying();
        Engine engine = engine(specs(1, heeding(), settings), AT_THE_SAME_MOMENT, process, LoneTimer::new);
        engine.start();
        engine.shutdownCoordinator().signalled(TERM, 143);
        engine.stop(END);
        engine.shutdownCoordinator().signalled(TERM, 143);
        process.awaitHalt();
    }

    private static Engine engine(List<SubsystemSpec> specs, ShutdownTimeouts timeouts, ProcessControl process,
            Function<String, Timer> lone) {
        return new Engine(new EngineOptions(NAME, timeouts, new Platform(Ticker.SYSTEM, NEVER, new SystemThreads(), lone),
                () -> 0, (name, restart, critical) -> specs.get(0).source(), List.of(new EventLog(new Mute())), process,
                Optional.empty()), specs);
    }

    private static List<SubsystemSpec> specs(int howMany, Behavior behavior, Supplier<SubsystemSettings> settings) {
        List<SubsystemSpec> specs = new ArrayList<>(howMany);
        specs.add(new SubsystemSpec("0", List.of(), behavior, settings));
        for (int i = 1; i < howMany; i++) {
            specs.add(new SubsystemSpec(Integer.toString(i), List.of("0"), behavior, settings));
        }
        return specs;
    }
}

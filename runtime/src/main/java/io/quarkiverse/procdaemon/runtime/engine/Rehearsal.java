package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.graph.Action;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SettingsSource;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * Starts and shutdowns of small daemons that nobody sees. After them the JVM has loaded and linked what a shutdown needs,
 * which it may no longer be able to do when there is no memory left or a thread that hangs holds the lock of a class loader,
 * and which takes its time when the shutdown is to be quick; and if there are many subsystems, it has compiled what each takes.
 */
final class Rehearsal {

    private static final Logger LOG = Logger.getLogger(Rehearsal.class);

    private static final String NAME = "rehearsal";
    private static final Timer NEVER = (task, delay) -> () -> {
    };

    /** Its seconds pass at once: a signal that comes within one is the same order. */
    private static final class Skipping implements Clock {

        private final AtomicLong skipped = new AtomicLong();

        void skip() {
            skipped.addAndGet(TimeUnit.SECONDS.toNanos(2));
        }

        @Override
        public long nanos() {
            return SYSTEM.nanos() + skipped.get();
        }

        @Override
        public Instant now() {
            return SYSTEM.now();
        }
    }

    private static final Skipping TIME = new Skipping();
    private static final int MUCH_TEXT = 20_000;
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
    static void run(int subsystems, SettingsSource rules, BooleanSupplier inEarnest) {
        Supplier<SubsystemSettings> settings = rules.of(NAME, RestartPolicy.NEVER, true);
        fail(settings);
        interrupt(settings);
        abandon(settings);
        kill(settings);
        int left = Math.min(Math.max(subsystems, 1), MOST / TIMES) * TIMES;
        for (; left > 0 && !inEarnest.getAsBoolean(); left -= AT_ONCE) {
            stop(started(Math.min(left, AT_ONCE), Rehearsal::heed, settings, ShutdownTimeouts.DEFAULT), 1);
            LockSupport.parkNanos(PAUSE);
        }
        // System.exit asks for it since Java 21, and whoever provides the loggers has to be found first.
        System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG);
        LOG.debug("The shutdown has been rehearsed");
    }

    private static CompletionStage<?> heed(SubsystemContext context) throws InterruptedException {
        context.await();
        return null;
    }

    /** Of an exception that takes the longest look, since it is not the JDK's and says too much to be handed on. */
    private static void fail(Supplier<SubsystemSettings> settings) {
        stop(started(1, context -> {
            throw new DaemonStateException(ErrorCode.WRONG_STATE, "x".repeat(MUCH_TEXT));
        }, settings, ShutdownTimeouts.DEFAULT), 1);
    }

    private static void interrupt(Supplier<SubsystemSettings> settings) {
        CountDownLatch registered = new CountDownLatch(1);
        Engine engine = started(1, context -> {
            context.whenShutdown();
            registered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                // Thrown on it would be logged, and not by the logger that drops everything.
            }
            return null;
        }, settings, ShutdownTimeouts.DEFAULT);
        Uninterrupted.await(() -> registered.await(1, TimeUnit.SECONDS));
        stop(engine, 2);
    }

    /** With the warnings before. */
    private static void abandon(Supplier<SubsystemSettings> settings) {
        CountDownLatch over = new CountDownLatch(1);
        try {
            stop(started(1, context -> {
                Uninterrupted.await(() -> over.await(1, TimeUnit.MINUTES));
                return null;
            }, settings, AT_THE_SAME_MOMENT), 2);
        } finally {
            over.countDown();
        }
    }

    /** When all subsystems have ended, but something else holds the process up. */
    private static void kill(Supplier<SubsystemSettings> settings) {
        Undying process = new Undying();
        Engine engine = started(1, Rehearsal::heed, settings, AT_THE_SAME_MOMENT, process, LoneTimer::new);
        stop(engine, 1);
        engine.shutdownCoordinator().signalled(TERM, 143);
        process.awaitHalt();
    }

    private static void stop(Engine engine, int signals) {
        for (int i = 0; i < signals; i++) {
            engine.shutdownCoordinator().signalled(TERM, 143);
            TIME.skip();
        }
        engine.stop(END);
        engine.close();
    }

    private static Engine started(int subsystems, Action body, Supplier<SubsystemSettings> settings,
            ShutdownTimeouts timeouts) {
        return started(subsystems, body, settings, timeouts, ProcessControl.NONE, name -> NEVER);
    }

    private static Engine started(int subsystems, Action body, Supplier<SubsystemSettings> settings, ShutdownTimeouts timeouts,
            ProcessControl process, Function<String, Timer> lone) {
        CountDownLatch running = new CountDownLatch(subsystems);
        Behavior behavior = new Behavior(null, context -> {
            running.countDown();
            return body.perform(context);
        }, context -> null, null);
        Engine engine = new Engine(new EngineOptions(NAME, timeouts,
                new Platform(TIME, NEVER, new SystemThreads(), lone), () -> 0,
                (name, restart, critical) -> settings, List.of(new EventLog(new Mute())), process, Optional.empty()),
                specs(subsystems, behavior, settings));
        engine.start();
        // If they are configured not to be critical, nobody has waited for them.
        Uninterrupted.await(() -> running.await(1, TimeUnit.SECONDS));
        return engine;
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

package io.quarkiverse.procdaemon.runtime.engine.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;

/** Throws in the middle of a few decisions, out of what they call: a bug in the engine, or a JVM that has had enough. */
class Injector {

    /** Never throws. */
    static final Injector NONE = new Injector(new SplittableRandom(0), 0, 1);

    private static final String INJECTED = "injected into ";

    private final SplittableRandom random;
    private final int rarity;
    private int left;
    /** Each by itself, so that one can see which was logged. */
    final List<Throwable> thrown = new ArrayList<>();

    /**
     * @param most how often it throws at most
     * @param rarity it throws at one in so many chances
     */
    Injector(SplittableRandom random, int most, int rarity) {
        this.random = random;
        this.left = most;
        this.rarity = rarity;
    }

    /** No more from now on. */
    void end() {
        left = 0;
    }

    /** Whether no decision succeeds, nor will for long. */
    boolean leavesNothing() {
        return rarity == 1 && left > 3;
    }

    /** A call of a decision comes by here. */
    void pass(String where) {
        if (left > 0 && random.nextInt(rarity) == 0 && isInDecision()) {
            left--;
            Throwable next = next(INJECTED + where + ", " + left + " left");
            thrown.add(next);
            Injector.<RuntimeException> raise(next);
        }
    }

    private static boolean isInDecision() {
        return StackWalker.getInstance().walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("on")
                && frame.getClassName().endsWith(".engine.Core")));
    }

    private Throwable next(String text) {
        return switch (random.nextInt(7)) {
            case 0 -> new AssertionError(text);
            case 1 -> new NoClassDefFoundError(text);
            case 2 -> new StackOverflowError(text);
            case 3 -> new InternalError(text);
            case 4 -> new OutOfMemoryError(text);
            default -> new IllegalStateException(text);
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable any) throws T {
        throw (T) any;
    }

    Clock clock(Clock clock) {
        return new Clock() {
            @Override
            public long nanos() {
                pass("the clock");
                return clock.nanos();
            }

            @Override
            public Instant now() {
                pass("the wall clock");
                return clock.now();
            }
        };
    }

    Threads threads(Threads threads) {
        return new Threads() {
            @Override
            public Thread start(ThreadKind kind, String name, Runnable task) {
                if (!name.equals("proc-daemon-loop")) {
                    pass("the start of a thread");
                }
                return threads.start(kind, name, task);
            }
        };
    }

    /** Only notes who was abandoned, or got no thread, so that it could not clean up. */
    DaemonListener listener(Witness witness) {
        return new DaemonListener() {
            @Override
            public void onEvent(SubsystemEvent event) {
                if (event instanceof SubsystemEvent.StopTimedOut late && late.abandoned()
                        || event instanceof SubsystemEvent.Failed failed && failed.failure().message().startsWith(INJECTED)) {
                    witness.abandoned(event.subsystem(), event.generation());
                }
            }
        };
    }
}

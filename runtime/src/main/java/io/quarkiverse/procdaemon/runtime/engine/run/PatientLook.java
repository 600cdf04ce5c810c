package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * A look at an exception on the thread of the code that threw it. If the exception's own methods do not return, nobody waits
 * for that: the look is given up and interrupted.
 */
final class PatientLook implements Runnable {

    /** How long it may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Throwable thrown;
    private final Consumer<Thrown> told;
    private final Thread looking = Thread.currentThread();
    private boolean over;

    private PatientLook(Throwable thrown, Consumer<Thrown> told) {
        this.thrown = thrown;
        this.told = told;
    }

    /**
     * Looks at it.
     *
     * @param told called once, on the calling thread or, if the look is given up, on that of the timer
     */
    static void at(Throwable thrown, Platform platform, Consumer<Thrown> told) {
        if (!Thrown.mayBlock(thrown)) {
            told.accept(Thrown.of(thrown, platform.mask()));
            return;
        }
        PatientLook look = new PatientLook(thrown, told);
        Timer.Timeout patience = look.arm(platform);
        Thrown seen = Thrown.of(thrown, platform.mask());
        boolean inTime = look.end(false);
        if (patience != null) {
            patience.cancel();
        }
        if (inTime) {
            told.accept(seen);
        }
    }

    /** Without a thread for the timer it has all the time it takes. */
    private Timer.@Nullable Timeout arm(Platform platform) {
        try {
            return platform.lone().apply("proc-daemon-look").schedule(this, PATIENCE);
        } catch (Throwable noThread) {
            return null;
        }
    }

    /** It took too long. */
    @Override
    public void run() {
        if (end(true)) {
            told.accept(Thrown.unseen(thrown));
        }
    }

    /** Whether it has not ended before. An interrupt is not left to what the thread does next. */
    private synchronized boolean end(boolean givenUp) {
        if (over) {
            Thread.interrupted();
            return false;
        }
        over = true;
        if (givenUp) {
            looking.interrupt();
        }
        return true;
    }
}

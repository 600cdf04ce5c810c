package io.quarkiverse.procdaemon.runtime.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;

/** Subsystems that take work or do not, as the engine has them: a run that has failed takes no more. Any thread may use it. */
final class FakeSubsystems {

    private static final Duration MOST_WAIT = Duration.ofSeconds(60);

    private final Map<String, Subsystem> all = new HashMap<>();

    /** A new run of it takes work, unless one does. */
    synchronized void open(String name) {
        Subsystem subsystem = subsystem(name);
        if (!subsystem.open) {
            subsystem.run++;
            subsystem.open = true;
        }
    }

    synchronized void shut(String name) {
        subsystem(name).open = false;
    }

    synchronized boolean isOpen(String name) {
        return subsystem(name).open;
    }

    /** The number of the run that takes work; 0 if none does. */
    synchronized int run(String name) {
        return isOpen(name) ? subsystem(name).run : 0;
    }

    /** How many pieces of work of it have begun and not ended. */
    synchronized int inFlight(String name) {
        return subsystem(name).inFlight;
    }

    /** Waits until no work of it is in flight. */
    synchronized void awaitIdle(String name) throws InterruptedException {
        long end = System.nanoTime() + MOST_WAIT.toNanos();
        while (inFlight(name) > 0) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError(inFlight(name) + " pieces of work of " + name + " do not end");
            }
            wait(left);
        }
    }

    /** Why its runs have failed. */
    synchronized List<Throwable> failures(String name) {
        return List.copyOf(subsystem(name).failures);
    }

    synchronized Optional<WorkInFlight> begin(String name) {
        Subsystem subsystem = subsystem(name);
        if (!subsystem.open) {
            return Optional.empty();
        }
        subsystem.inFlight++;
        return Optional.of(new Piece(subsystem, subsystem.run));
    }

    private Subsystem subsystem(String name) {
        return all.computeIfAbsent(name, unknown -> new Subsystem());
    }

    private static final class Subsystem {
        private int run;
        private boolean open;
        private int inFlight;
        private final List<Throwable> failures = new ArrayList<>();
    }

    private final class Piece implements WorkInFlight {

        private final Subsystem subsystem;
        private final int run;
        private boolean ended;

        Piece(Subsystem subsystem, int run) {
            this.subsystem = subsystem;
            this.run = run;
        }

        @Override
        public long generation() {
            return run;
        }

        @Override
        public void close() {
            synchronized (FakeSubsystems.this) {
                if (!ended) {
                    ended = true;
                    subsystem.inFlight--;
                    FakeSubsystems.this.notifyAll();
                }
            }
        }

        @Override
        public void fail(Throwable cause) {
            synchronized (FakeSubsystems.this) {
                if (!ended && !hasRunFailed()) {
                    subsystem.open = false;
                    subsystem.failures.add(cause);
                }
                close();
            }
        }

        @Override
        public boolean hasRunFailed() {
            synchronized (FakeSubsystems.this) {
                return !subsystem.open || subsystem.run != run;
            }
        }
    }
}

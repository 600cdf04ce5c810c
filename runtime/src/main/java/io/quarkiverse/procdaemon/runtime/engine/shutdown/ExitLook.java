package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.quarkiverse.procdaemon.runtime.engine.supervisor.ManagedSubsystem;

/**
 * Looks for runs whose thread waits for the end of the process: they must not be waited for in turn. Confined to the event
 * loop.
 */
final class ExitLook {

    /** Most shutdowns are over before. */
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LAST = TimeUnit.SECONDS.toNanos(1);

    private final ShutdownAccount account;
    private final Predicate<StackTraceElement[]> exits;
    private boolean processEnds;
    private long delay;

    /** @param exits whether a thread with that stack waits for the end of the process */
    ExitLook(ShutdownAccount account, Predicate<StackTraceElement[]> exits) {
        this.account = account;
        this.exits = exits;
    }

    /** The process is ending; whether that is new. */
    boolean begin() {
        boolean first = !processEnds;
        processEnds = true;
        return first;
    }

    /** In how many nanoseconds to look for the first time; negative if the process is not ending. */
    long first() {
        delay = FIRST;
        return processEnds ? delay : -1;
    }

    /**
     * Looks; returns in how many nanoseconds to do so again, negative if never. Less and less often, since there may be many.
     */
    long look() {
        if (account.isClosed()) {
            return -1;
        }
        for (ManagedSubsystem subsystem : account.active()) {
            subsystem.run().leaveWhatExits(exits);
        }
        delay = Math.min(2 * delay, LAST);
        return delay;
    }
}

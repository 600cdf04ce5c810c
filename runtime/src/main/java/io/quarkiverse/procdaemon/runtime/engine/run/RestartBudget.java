package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.Arrays;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * What has been used of the budget of restarts; immutable. A restart counts twice: in a window that slides (the <em>restart
 * intensity</em> of Erlang/OTP's supervisor), and in the row of those without a stable run in between, for a back-off can
 * outrun any window. Moments are on the {@code Clock}.
 */
public final class RestartBudget {

    /** Nothing has been used. */
    public static final RestartBudget UNUSED = new RestartBudget(0, new long[0]);

    private final int inARow;
    /** Oldest first; without those that had left the window when the last one came, so never more than were allowed. */
    private final long[] recent;

    private RestartBudget(int inARow, long[] recent) {
        this.inARow = inARow;
        this.recent = recent;
    }

    /** How many restarts have followed each other without a stable run in between. */
    public int inARow() {
        return inARow;
    }

    /** How many restarts the window holds. */
    public int inWindow(long nanos, RestartSettings settings) {
        int left = 0;
        while (left < recent.length && nanos - recent[left] >= Durations.nanos(settings.window())) {
            left++;
        }
        return recent.length - left;
    }

    /** How many more restarts are allowed; empty if there is no limit. */
    public OptionalInt left(long nanos, RestartSettings settings) {
        if (settings.maxRestarts() == RestartSettings.UNLIMITED) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Math.max(0, settings.maxRestarts() - Math.max(inARow, inWindow(nanos, settings))));
    }

    /** With one more restart, now. */
    public RestartBudget spend(long nanos, RestartSettings settings) {
        if (settings.maxRestarts() == RestartSettings.UNLIMITED) {
            return new RestartBudget(inARow + 1, UNUSED.recent);
        }
        int kept = inWindow(nanos, settings);
        long[] next = Arrays.copyOfRange(recent, recent.length - kept, recent.length + 1);
        next[kept] = nanos;
        return new RestartBudget(inARow + 1, next);
    }

    /** After a stable run: the row is over, the window is not. */
    public RestartBudget afterStableRun() {
        return inARow == 0 ? this : new RestartBudget(0, recent);
    }
}

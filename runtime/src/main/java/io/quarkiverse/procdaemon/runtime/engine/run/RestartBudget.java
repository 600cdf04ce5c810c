package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * What has been used of the budget of restarts; immutable. A restart counts twice: in a window that slides (the <em>restart
 * intensity</em> of Erlang/OTP's supervisor), and in the row of those without a stable run in between, for a back-off can
 * outrun any window. A restart because of an outage counts in neither, but it lengthens the back-off. Moments are on the
 * {@code Clock}.
 */
public final class RestartBudget {

    /** Marks exceptions of adapters that say what no restart can repair; they override nothing and have no cause. */
    public interface Irreparable {
    }

    /** Nothing has been used. */
    public static final RestartBudget UNUSED = new RestartBudget(0, new long[0], Outage.NONE);

    /** What has RUNNING for so long is not about to fail again for the same reason at once. */
    private static final long MOMENT = Duration.ofSeconds(1).toNanos();

    private final int inARow;
    /** Oldest first; without those that had left the window when the last one came, so never more than were allowed. */
    private final long[] recent;
    private final Outage outage;

    /**
     * What is known of outages.
     *
     * @param open whether there is one
     * @param began when it began, if it is open
     * @param restarts how many restarts without a stable run in between were not counted because of outages
     * @param longest how long a run was RUNNING at most that such a failure ended since the last stable run
     * @param wasStable whether there ever was a stable run
     */
    private record Outage(boolean open, long began, int restarts, long longest, boolean wasStable) {
        static final Outage NONE = new Outage(false, 0, 0, 0, false);
    }

    private RestartBudget(int inARow, long[] recent, Outage outage) {
        this.inARow = inARow;
        this.recent = recent;
        this.outage = outage;
    }

    /** How many restarts have followed each other without a stable run in between. */
    public int inARow() {
        return inARow;
    }

    /** The same, with those that are not counted because of an outage. */
    public int attempts() {
        return inARow + outage.restarts;
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
            return new RestartBudget(inARow + 1, UNUSED.recent, outage);
        }
        int kept = inWindow(nanos, settings);
        long[] next = Arrays.copyOfRange(recent, recent.length - kept, recent.length + 1);
        next[kept] = nanos;
        return new RestartBudget(inARow + 1, next, outage);
    }

    /** After a stable run: the row is over, the window is not. */
    public RestartBudget afterStableRun() {
        return inARow == 0 && outage.restarts == 0 && outage.wasStable ? this
                : new RestartBudget(0, recent, new Outage(outage.open, outage.began, 0, 0, true));
    }

    /** Earlier restarts do not count any more. */
    public RestartBudget forget() {
        return new RestartBudget(0, UNUSED.recent, new Outage(outage.open, outage.began, 0, 0, outage.wasStable));
    }

    /** Whether a restart because of an outage is not counted. */
    public boolean isFreeInOutage(RestartSettings settings) {
        return outage.wasStable || settings.outages().waitsAtStart();
    }

    /** Whether there is an outage. */
    public boolean isInOutage() {
        return outage.open;
    }

    /** How long there has been an outage, in nanoseconds; 0 if there is none. */
    public long outageLasts(long nanos) {
        return outage.open ? nanos - outage.began : 0;
    }

    /** An outage, which begins now unless there is one, has ended a run that had been RUNNING for so many nanoseconds. */
    public RestartBudget outage(long now, long ran) {
        return new RestartBudget(inARow, recent, new Outage(true, outage.open ? outage.began : now, outage.restarts,
                Math.max(outage.longest, ran), outage.wasStable));
    }

    /** The outage is over; without a stable run it may come back, and the back-off goes on from where it was. */
    public RestartBudget endOutage() {
        return new RestartBudget(inARow, recent, new Outage(false, 0, outage.restarts, outage.longest, outage.wasStable));
    }

    /** With one more restart because of an outage. */
    public RestartBudget waitOnce() {
        return new RestartBudget(inARow, recent,
                new Outage(outage.open, outage.began, outage.restarts + 1, outage.longest, outage.wasStable));
    }

    /**
     * How long a run has to be RUNNING to show that the outage is over: for a moment, but twice as long as it took the others
     * to
     * fail, as some wait for an answer for a while.
     */
    public Duration proof(RestartSettings settings) {
        return Duration.ofNanos(Math.min(Durations.nanos(settings.stableAfter()), Math.max(MOMENT, 2 * outage.longest)));
    }
}

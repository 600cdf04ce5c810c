package io.quarkiverse.procdaemon.runtime.engine.events;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.Failure;

/**
 * The failures of one subsystem since it was last well: which of them are alike, so that a stack trace need not be shown again
 * at each attempt. Alike are those of one phase with the same types and the same topmost frames, causes included; messages may
 * differ.
 */
final class FailureSeries {

    /** RUNNING for so long is well: what fails then is news. */
    static final Duration WELL = Duration.ofSeconds(30);

    /** So many kinds are remembered. */
    private static final int KINDS = 20;

    private final Map<String, Integer> times = new HashMap<>();
    private @Nullable Instant runningSince;
    private @Nullable Throwable unshown;

    /** A run begins. */
    void starting() {
        runningSince = null;
        unshown = null;
    }

    /** It is RUNNING. */
    void running(Instant at) {
        runningSince = at;
    }

    /** Its run is about to end. */
    void ending(Instant at) {
        if (runningSince != null && Duration.between(runningSince, at).compareTo(WELL) >= 0) {
            times.clear();
        }
        runningSince = null;
    }

    /**
     * Counts one more.
     *
     * @param thrown what is shown of it if it is shown
     * @return how often it has failed like that; 1: it is to be shown
     */
    int count(Failure failure, @Nullable Throwable thrown) {
        ending(failure.at());
        if (times.size() == KINDS) {
            times.clear();
        }
        String kind = failure.phase() + " " + kind(failure.stack());
        int now = times.getOrDefault(kind, 0) + 1;
        times.put(kind, now);
        if (now > 1 && unshown == null) {
            unshown = thrown;
        }
        return now;
    }

    /** The first failure of the last run that was not shown; null if all were. */
    @Nullable
    Throwable unshown() {
        return unshown;
    }

    /** The types and topmost frames of a stack trace. */
    static String kind(String stack) {
        StringBuilder kind = new StringBuilder();
        boolean top = false;
        for (String line : stack.split("\n")) {
            boolean frame = line.startsWith("\t");
            if (!frame) {
                kind.append('\n').append(type(line));
            } else if (top) {
                kind.append(line);
            }
            top = !frame;
        }
        return kind.toString();
    }

    /** Of a line like {@code Caused by: java.io.IOException: no disk}. */
    private static String type(String line) {
        String cause = "Caused by: ";
        int begin = line.startsWith(cause) ? cause.length() : 0;
        int end = line.indexOf(": ", begin);
        return end < 0 ? line.substring(begin) : line.substring(begin, end);
    }
}

package io.quarkiverse.procdaemon.runtime.resources;

import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * Whether a soft limit is exceeded: once so many samples in a row were above it, and until one is below nine tenths of it, so
 * that what hovers around the limit is one event and not many. Confined to one thread at a time.
 */
final class LimitWatch {

    static final int SAMPLES = 3;

    private int above;
    private boolean exceeded;
    private long lastUsed;
    private long lastLimit;

    /** What has changed with a sample. */
    record Change(boolean exceeded, long used, long limit) {
    }

    /**
     * One more sample.
     *
     * @param used empty if it is unknown: then nothing is known of the limit either, and nothing changes
     * @param limit empty if there is none
     * @return null if nothing has changed
     */
    @Nullable
    Change sample(OptionalLong used, OptionalLong limit) {
        lastUsed = used.orElse(lastUsed);
        if (limit.isEmpty()) {
            above = 0;
            return exceeded ? becomes(false) : null;
        }
        lastLimit = limit.getAsLong();
        if (used.isEmpty()) {
            return null;
        }
        above = lastUsed > lastLimit ? above + 1 : 0;
        if (!exceeded) {
            return above >= SAMPLES ? becomes(true) : null;
        }
        return lastUsed < lastLimit - lastLimit / 10 ? becomes(false) : null;
    }

    private Change becomes(boolean now) {
        exceeded = now;
        above = 0;
        return new Change(now, lastUsed, lastLimit);
    }

    boolean isExceeded() {
        return exceeded;
    }
}

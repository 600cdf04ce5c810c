package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Decides when to look at the files next and which changes to report: those after which no event and no look has shown another
 * one for a debounce. A file that is gone or empty may be about to be written; all changes wait for it, but nothing waits
 * longer than five debounces. Arithmetic on {@link System#nanoTime}: it reads no clock and no file. Used by one thread.
 */
final class Debounce {

    private static final int CAP = 5;

    private final long quiet;
    private final long poll;
    /** The hashes of the files as they were last reported or taken; null before the first look. */
    private @Nullable Map<Path, String> reported;
    private @Nullable Map<Path, String> seen;
    private boolean pending;
    /** When what is pending began. */
    private long first;
    /** Whether an event has come since the last look. */
    private boolean heard;
    private long next;

    /**
     * @param quiet the debounce, in nanoseconds
     * @param poll nanoseconds between two looks when nothing is pending
     * @param now when the first look is due
     */
    Debounce(long quiet, long poll, long now) {
        this.quiet = quiet;
        this.poll = poll;
        this.next = now;
    }

    /** How many nanoseconds are left until the next look; none or less when it is due. */
    long remaining(long now) {
        return next - now;
    }

    /** The system says that something may have changed. */
    void event(long now) {
        heard = true;
        postpone(now);
    }

    /** What has just been taken from the files without a report: it needs none, and whatever comes after it does. */
    void taken(Map<Path, String> contents) {
        reported = contents;
    }

    /** A look has failed; the next one is due in a poll interval. */
    void failed(long now) {
        next = now + poll;
    }

    /** A look has ended: the files to report now, each change once. The first one only shows how things are. */
    Set<Path> looked(Map<Path, String> found, long now) {
        if (reported == null) {
            reported = found;
        }
        Set<Path> changed = new HashSet<>(reported.keySet());
        changed.addAll(found.keySet());
        changed.removeIf(file -> Objects.equals(found.get(file), reported.get(file)));
        boolean isBeingWritten = !heard && !found.equals(seen)
                || changed.stream().anyMatch(file -> found.getOrDefault(file, "").isEmpty());
        heard = false;
        seen = found;
        if (!changed.isEmpty() && isBeingWritten && postpone(now) > 0) {
            return Set.of();
        }
        reported = found;
        pending = false;
        next = now + poll;
        return changed;
    }

    /** Puts the next look off; by how long. */
    private long postpone(long now) {
        if (!pending) {
            pending = true;
            first = now;
        }
        long wait = Math.min(quiet, first + CAP * quiet - now);
        next = now + wait;
        return wait;
    }
}

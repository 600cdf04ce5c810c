package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was last reported, and what has to be reported next. A file that is gone or has become empty may be about to be written,
 * so that counts only once it has stayed so for a while; and since whoever is told of one file reads them all, the change of
 * another one waits for it, as long at most. Touches no file and no clock. Used by one thread.
 */
final class Reported {

    /** There is nothing to wait for. */
    static final long NEVER = Long.MAX_VALUE;

    /** How a file is blank, and since when. */
    private record Blank(Content content, long since) {
    }

    private final long patience;
    private final Map<Spot, Content> reported;
    /** All that is blank and has not been reported as such. */
    private Map<Spot, Blank> blanks = Map.of();
    private boolean differs;
    private long differsSince;
    private boolean waits;
    private long due;

    /**
     * @param found what there is in the beginning, which is not reported
     * @param patience how many nanoseconds a blank file is taken for one that is being written
     */
    Reported(Map<Spot, Content> found, long patience) {
        this.patience = patience;
        reported = new HashMap<>(found);
    }

    /** The paths to report now, each change once: those where something else was found than was last reported. */
    Set<Path> changes(Map<Spot, Content> found, long now) {
        Map<Spot, Content> changed = changed(found);
        if (!differs) {
            differsSince = now;
        }
        differs = !changed.isEmpty();
        blanks = blanks(changed, now);
        Map<Spot, Content> ripe = new HashMap<>(changed);
        blanks.forEach((spot, blank) -> {
            if (now - blank.since() < patience) {
                ripe.remove(spot);
            }
        });
        boolean isHeldBack = ripe.size() < changed.size() && now - differsSince < patience;
        if (ripe.isEmpty() || isHeldBack) {
            waits = differs;
            due = ripe.isEmpty() ? firstToRipen(now) : differsSince + patience;
            return Set.of();
        }
        return report(ripe, changed, now);
    }

    /** How many nanoseconds later there may be something to report even if no file changes; or {@link #NEVER}. */
    long remaining(long now) {
        return waits ? due - now : NEVER;
    }

    private Set<Path> report(Map<Spot, Content> ripe, Map<Spot, Content> changed, long now) {
        ripe.forEach((spot, content) -> {
            if (content.equals(Content.ABSENT)) {
                reported.remove(spot);
            } else {
                reported.put(spot, content);
            }
        });
        blanks.keySet().removeAll(ripe.keySet());
        differs = ripe.size() < changed.size();
        differsSince = now;
        waits = differs;
        due = firstToRipen(now);
        return ripe.keySet().stream().map(Spot::path).collect(Collectors.toUnmodifiableSet());
    }

    private long firstToRipen(long now) {
        return now + blanks.values().stream().mapToLong(blank -> blank.since() + patience - now).min().orElse(0);
    }

    private Map<Spot, Content> changed(Map<Spot, Content> found) {
        Set<Spot> all = new HashSet<>(reported.keySet());
        all.addAll(found.keySet());
        Map<Spot, Content> changed = new HashMap<>();
        for (Spot spot : all) {
            Content content = found.getOrDefault(spot, Content.ABSENT);
            if (!content.isSameAs(reported.getOrDefault(spot, Content.ABSENT))) {
                changed.put(spot, content);
            }
        }
        return changed;
    }

    private Map<Spot, Blank> blanks(Map<Spot, Content> changed, long now) {
        Map<Spot, Blank> still = new HashMap<>();
        changed.forEach((spot, content) -> {
            if (content.isBlank()) {
                Blank blank = blanks.get(spot);
                still.put(spot, blank != null && blank.content().equals(content) ? blank : new Blank(content, now));
            }
        });
        return still;
    }
}

package io.quarkiverse.procdaemon.runtime.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What the log says of refused connections: the same at most once a minute. Confined to one thread. */
final class RefusalLog {

    private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);
    /** Then it begins again. */
    private static final int MOST_USERS = 100;

    private final LongSupplier nanos;
    private final Map<String, Entry> entries = new HashMap<>();

    private static final class Entry {
        private long loggedAt;
        private int more;
    }

    RefusalLog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A line for the log; empty if it has been said. */
    Optional<String> refused(Problem why) {
        if (entries.size() >= MOST_USERS) {
            entries.clear();
        }
        String text = why.getMessage();
        Entry entry = entries.get(text);
        long now = nanos.getAsLong();
        if (entry != null && now - entry.loggedAt < PERIOD) {
            entry.more++;
            return Optional.empty();
        }
        if (entry == null) {
            entry = new Entry();
            entries.put(text, entry);
        }
        String line = "The control socket refuses a connection: " + text
                + (entry.more == 0 ? "" : " (and " + entry.more + " more since this was last logged)");
        entry.loggedAt = now;
        entry.more = 0;
        return Optional.of(line);
    }
}

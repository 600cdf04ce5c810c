package io.quarkiverse.procdaemon.runtime.view;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ReloadResult;

/** What became of the last reload. Thread-safe. */
public final class LastReload {

    /** That of the configuration of the start. */
    private static final long FIRST_EPOCH = 1;

    /** A reload and its time. */
    public record Entry(ReloadResult result, Instant at) {
    }

    private volatile @Nullable Entry last;

    public void set(ReloadResult result, Instant at) {
        last = new Entry(result, at);
    }

    public Optional<Entry> entry() {
        return Optional.ofNullable(last);
    }

    /** The epoch and the last reload, as JSON shows them. */
    public Map<String, Object> data() {
        Entry entry = last;
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("epoch", entry == null ? FIRST_EPOCH : entry.result().epoch());
        data.put("pendingRestart", entry == null ? Set.of() : entry.result().pendingRestart());
        data.put("lastReloadAt", Optional.ofNullable(entry).map(Entry::at));
        data.put("lastReload", Optional.ofNullable(entry).map(Entry::result));
        return data;
    }
}

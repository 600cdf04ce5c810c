package io.quarkiverse.procdaemon.runtime.control;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** What became of the last reload. Thread-safe. */
final class LastReload {

    /** That of the configuration of the start. */
    private static final long FIRST_EPOCH = 1;

    private record Entry(ReloadResult result, Instant at) {
    }

    private volatile @Nullable Entry last;

    void set(ReloadResult result, Instant at) {
        last = new Entry(result, at);
    }

    Map<String, Object> data() {
        Entry entry = last;
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("epoch", entry == null ? FIRST_EPOCH : entry.result().epoch());
        data.put("pendingRestart", entry == null ? Set.of() : entry.result().pendingRestart());
        data.put("lastReloadAt", Optional.ofNullable(entry).map(Entry::at));
        data.put("lastReload", Optional.ofNullable(entry).map(Entry::result));
        return data;
    }

    String text() {
        Entry entry = last;
        return entry == null ? "none" : Age.of(entry.at()) + " ago: " + text(entry.result());
    }

    /** What changed, or why nothing did. */
    static String text(ReloadResult result) {
        StringBuilder text = new StringBuilder(result.status().name()).append(", epoch ").append(result.epoch());
        list("changed", result.changed(), text);
        list("requires a restart", result.pendingRestart(), text);
        list("subsystems that restart", result.restarted(), text);
        for (ConfigProblem problem : result.problems()) {
            text.append("\n  ").append(problem);
        }
        return text.toString();
    }

    private static void list(String what, Collection<String> all, StringBuilder text) {
        if (!all.isEmpty()) {
            text.append("\n  ").append(what).append(": ")
                    .append(PlainText.escape(String.join(", ", all.stream().sorted().toList())));
        }
    }
}

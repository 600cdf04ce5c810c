package io.quarkiverse.procdaemon.runtime.engine.events;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** The result of a reload as text. */
public final class ReloadText {

    private static final int MOST = 20;

    private ReloadText() {
    }

    /** Which configuration is active and what changed, or why the new one was rejected. */
    public static String of(ReloadResult result) {
        return switch (result.status()) {
            case APPLIED -> "Configuration reloaded (epoch " + result.epoch() + "); changed: "
                    + keys(result.changed()) + (result.restarted().isEmpty() ? ""
                            : "; restarting: " + String.join(", ", result.restarted()));
            case UNCHANGED -> "Configuration unchanged (epoch " + result.epoch() + ")";
            case REJECTED ->
                result.problems().stream().map(problem -> System.lineSeparator() + "  " + PlainText.escape(problem.toString()))
                        .collect(Collectors.joining("", "The new configuration was rejected; epoch " + result.epoch()
                                + " stays active:", ""));
        };
    }

    /** The names of keys in their order; of more than twenty the number of the others. */
    public static String keys(Set<String> keys) {
        String named = new TreeSet<>(keys).stream().limit(MOST).map(PlainText::escape).collect(Collectors.joining(", "));
        return keys.size() > MOST ? named + " and " + (keys.size() - MOST) + " more" : named;
    }
}

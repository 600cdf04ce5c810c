package io.quarkiverse.procdaemon.runtime.engine.events;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** What became of a reload, as people read it. */
public final class ReloadText {

    private static final int MOST = 20;

    private ReloadText() {
    }

    /** Which configuration is in force and what changed, or why nothing did. */
    public static String of(ReloadResult result) {
        return switch (result.status()) {
            case APPLIED -> "A new configuration is in force (epoch " + result.epoch() + "): changed are "
                    + keys(result.changed());
            case UNCHANGED -> "The configuration is what it was (epoch " + result.epoch() + ")";
            case REJECTED ->
                result.problems().stream().map(problem -> System.lineSeparator() + "  " + PlainText.escape(problem.toString()))
                        .collect(Collectors.joining("", "The new configuration is rejected, that of epoch " + result.epoch()
                                + " stays in force:", ""));
        };
    }

    /** Names of keys in their order, at most twenty and how many there are besides. */
    public static String keys(Set<String> keys) {
        String named = new TreeSet<>(keys).stream().limit(MOST).map(PlainText::escape).collect(Collectors.joining(", "));
        return keys.size() > MOST ? named + " and " + (keys.size() - MOST) + " more" : named;
    }
}

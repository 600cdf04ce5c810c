package io.quarkiverse.procdaemon.runtime.control;

import java.util.Collection;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.view.LastReload;

/** Reloads for people. */
final class ReloadTexts {

    private ReloadTexts() {
    }

    static String of(LastReload last) {
        return last.entry().map(entry -> Age.of(entry.at()) + " ago: " + of(entry.result())).orElse("none");
    }

    /** What changed, or why nothing did. */
    static String of(ReloadResult result) {
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

package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.ArrayList;
import java.util.List;

/** What was seen that must not be. Any thread may add to it. */
final class Faults {

    private final List<String> found = new ArrayList<>();

    synchronized void add(String format, Object... arguments) {
        found.add(String.format(format, arguments));
    }

    void require(boolean truth, String format, Object... arguments) {
        if (!truth) {
            add(format, arguments);
        }
    }

    /** Throws if there are any. */
    synchronized void check() {
        if (!found.isEmpty()) {
            throw new AssertionError(String.join("\n", found));
        }
    }
}

package io.quarkiverse.procdaemon.runtime.schedule;

import java.util.Set;

/** The classes of subsystems whose place others take in this build. They are still beans, with schedules of their own. */
public final class Replaced {

    private final Set<String> classes;

    Replaced(Set<String> classes) {
        this.classes = classes;
    }

    boolean contains(String type) {
        return classes.contains(type);
    }
}

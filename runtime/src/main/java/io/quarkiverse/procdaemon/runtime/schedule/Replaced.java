package io.quarkiverse.procdaemon.runtime.schedule;

import java.util.Set;

/** The classes of subsystems that others replace in this build. They are still beans, with their own schedules. */
public final class Replaced {

    private final Set<String> classes;

    Replaced(Set<String> classes) {
        this.classes = classes;
    }

    boolean contains(String type) {
        return classes.contains(type);
    }
}

package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.regex.Pattern;

/** What subsystems may be called: a name is a key in configuration, health and metrics, and part of log lines. */
public final class SubsystemNames {

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]+");

    private SubsystemNames() {
    }

    /** Whether it consists of letters, digits, {@code -}, {@code _} and {@code .}, and of one at least. */
    public static boolean isLegal(String name) {
        return LEGAL.matcher(name).matches();
    }
}

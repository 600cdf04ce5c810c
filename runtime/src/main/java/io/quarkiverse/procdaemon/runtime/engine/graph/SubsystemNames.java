package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.regex.Pattern;

/** Names of subsystems: they are used as keys in configuration, health and metrics, and in log lines. */
public final class SubsystemNames {

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]+");

    private SubsystemNames() {
    }

    /** Whether a name consists of at least one letter, digit, {@code -}, {@code _} or {@code .} and nothing else. */
    public static boolean isLegal(String name) {
        return LEGAL.matcher(name).matches();
    }
}

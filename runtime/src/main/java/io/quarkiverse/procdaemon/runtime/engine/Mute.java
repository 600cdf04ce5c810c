package io.quarkiverse.procdaemon.runtime.engine;

import org.jboss.logging.Logger;

/** Takes what is logged by default, and drops it. */
final class Mute extends Logger {

    private static final long serialVersionUID = 1;

    Mute() {
        super("mute");
    }

    @Override
    public boolean isEnabled(Level level) {
        return level.compareTo(Level.INFO) <= 0;
    }

    @Override
    protected void doLog(Level level, String caller, Object message, Object[] parameters, Throwable thrown) {
        // Nobody reads it.
    }

    @Override
    protected void doLogf(Level level, String caller, String format, Object[] parameters, Throwable thrown) {
        // Nobody reads it.
    }
}

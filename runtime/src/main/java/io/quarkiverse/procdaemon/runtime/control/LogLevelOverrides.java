package io.quarkiverse.procdaemon.runtime.control;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.logging.Level;

import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/** Levels of the log that were changed through the socket, with what they were before. Thread-safe. */
final class LogLevelOverrides {

    /** The name of the category of all. */
    static final String ROOT = "ROOT";

    /** What it was is null where the category inherits its level. */
    private record Override(Logger logger, @Nullable Level before, Level now) {
    }

    private final Map<String, Override> overrides = new LinkedHashMap<>();

    private static Logger logger(String category) {
        return LogContext.getLogContext().getLogger(category.equals(ROOT) ? "" : category);
    }

    /** The level by which a category logs now. */
    Level effective(String category) {
        Logger logger = logger(category);
        while (logger.getLevel() == null && logger.getParent() != null) {
            logger = logger.getParent();
        }
        return logger.getLevel() == null ? Level.INFO : logger.getLevel();
    }

    /**
     * Whether the category logs at that level now; if not, because its minimum does not allow that, nothing has changed.
     *
     * @throws IllegalArgumentException if there is no such level
     */
    synchronized boolean set(String category, String level) {
        Level parsed = LogContext.getLogContext().getLevelForName(level);
        Logger logger = logger(category);
        Level current = logger.getLevel();
        logger.setLevel(parsed);
        if (parsed.intValue() != Level.OFF.intValue() && parsed.intValue() != Level.ALL.intValue()
                && !logger.isLoggable(parsed)) {
            logger.setLevel(current);
            return false;
        }
        Override earlier = overrides.get(category);
        overrides.put(category, new Override(logger, earlier == null ? current : earlier.before(), parsed));
        return true;
    }

    /** Undoes it; whether there was anything to undo. */
    synchronized boolean undo(String category) {
        Override override = overrides.remove(category);
        if (override != null) {
            override.logger().setLevel(override.before());
        }
        return override != null;
    }

    /** After a reload, which has set the levels of the keys that have changed; the others become what they were. */
    synchronized void undoAll(Set<String> changedKeys) {
        overrides.forEach((category, override) -> {
            if (!isSetBy(changedKeys, category)) {
                override.logger().setLevel(override.before());
            }
        });
        overrides.clear();
    }

    private static boolean isSetBy(Set<String> keys, String category) {
        return category.equals(ROOT) ? keys.contains("quarkus.log.level")
                : keys.contains("quarkus.log.category.\"" + category + "\".level")
                        || keys.contains("quarkus.log.category." + category + ".level");
    }

    /** Those that are changed, by category. */
    synchronized void forEach(BiConsumer<String, Level> action) {
        overrides.forEach((category, override) -> action.accept(category, override.now()));
    }
}

package io.quarkiverse.procdaemon.runtime.reload;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.logging.LogRuntimeConfig;
import io.smallrye.config.SmallRyeConfig;

/**
 * Sets the levels of the log as configured, those only that have changed: what was set by other means stays. A category cannot
 * become finer than its {@code min-level}, which is fixed when the application is built.
 */
final class LogLevels {

    private static final String ROOT = "quarkus.log.level";
    private static final Pattern CATEGORY = Pattern.compile("quarkus\\.log\\.category\\.\"?(.+?)\"?\\.level");

    private LogLevels() {
    }

    static void apply(SmallRyeConfig config, Set<String> changed) {
        for (String key : changed) {
            Matcher category = CATEGORY.matcher(key);
            if (key.equals(ROOT)) {
                logger("").setLevel(config.getConfigMapping(LogRuntimeConfig.class).level());
            } else if (category.matches()) {
                logger(category.group(1)).setLevel(level(config.getConfigMapping(LogRuntimeConfig.class), category.group(1)));
            }
        }
    }

    /** Null to inherit. */
    private static java.util.logging.@Nullable Level level(LogRuntimeConfig config, String category) {
        LogRuntimeConfig.CategoryConfig configured = config.categories().get(category);
        return configured == null || configured.level().isInherited() ? null : configured.level().getLevel();
    }

    private static Logger logger(String name) {
        return LogContext.getLogContext().getLogger(name);
    }
}

package io.quarkiverse.procdaemon.runtime.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** Levels of the log. */
final class LogLevelRequests {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private static final String ONE = "/v1/log-levels/CATEGORY";
    private static final String LEVELS = "OFF, FATAL, ERROR, WARN, INFO, DEBUG, TRACE or ALL";

    private final LogLevelOverrides overrides;

    LogLevelRequests(LogLevelOverrides overrides) {
        this.overrides = overrides;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/log-levels", "the levels that were changed here", call -> all()),
                Route.get(ONE, "the level of a category; ROOT is that of all", this::one),
                new Route("PUT", ONE, "sets it to the level in the body until the next reload", List.of(), this::set),
                new Route("DELETE", ONE, "undoes that", List.of(), this::undo));
    }

    private Answer all() {
        Map<String, String> levels = new LinkedHashMap<>();
        TextTable table = new TextTable("CATEGORY", "LEVEL");
        overrides.forEach((category, level) -> {
            levels.put(category, level.getName());
            table.row(category, level.getName());
        });
        return Answer.ok(levels, table::toString);
    }

    private Answer one(Call call) {
        String level = overrides.effective(call.argument()).getName();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("category", call.argument());
        data.put("level", level);
        return Answer.ok(data, () -> PlainText.escape(call.argument()) + " " + level);
    }

    private Answer set(Call call) {
        String level = call.request().text().toUpperCase(Locale.ROOT);
        try {
            if (!overrides.set(call.argument(), level)) {
                throw Problem.of(409, "The category " + call.argument() + " cannot log as finely as " + level
                        + ": its quarkus.log.min-level, which was fixed when the application was built, prevents that");
            }
        } catch (IllegalArgumentException unknown) {
            throw Problem.of(400, level.isEmpty() ? "The body is empty; send " + LEVELS
                    : "There is no such level as in the body; send " + LEVELS);
        }
        LOG.infof("The level of the log category %s is %s until the next reload", PlainText.escape(call.argument()), level);
        return one(call);
    }

    private Answer undo(Call call) {
        if (!overrides.undo(call.argument())) {
            throw Problem.of(404, "The level of " + call.argument() + " was not changed here, or a reload has undone it");
        }
        return one(call);
    }
}

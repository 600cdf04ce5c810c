package io.quarkiverse.procdaemon.deployment.validation;

import java.util.List;

import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkus.builder.item.SimpleBuildItem;

/** How long a stop of the application may take, as far as the configuration is known at build time. */
public final class ShutdownBudgetBuildItem extends SimpleBuildItem {

    private final ShutdownBudget budget;
    private final List<String> unknown;

    /** @param unknown the keys that are set, but to what only the start knows, such as an expression over its environment */
    public ShutdownBudgetBuildItem(ShutdownBudget budget, List<String> unknown) {
        this.budget = budget;
        this.unknown = List.copyOf(unknown);
    }

    /** With the default of each key whose value is not known yet. */
    public ShutdownBudget budget() {
        return budget;
    }

    /** How the total is calculated, and what could not be taken into account. */
    public String explanation() {
        return budget.explanation() + (unknown.isEmpty() ? ""
                : "; not known at build time, the default is assumed: " + String.join(", ", unknown));
    }
}

package io.quarkiverse.procdaemon.deployment.validation;

import io.quarkiverse.procdaemon.runtime.engine.graph.StartBudget;
import io.quarkus.builder.item.SimpleBuildItem;

/** How long the start of the subsystems may take, as far as the configuration is known at build time. */
public final class StartBudgetBuildItem extends SimpleBuildItem {

    private final StartBudget budget;

    public StartBudgetBuildItem(StartBudget budget) {
        this.budget = budget;
    }

    /** With the default of each start timeout that is not known yet. */
    public StartBudget budget() {
        return budget;
    }
}

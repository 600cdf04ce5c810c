package io.quarkiverse.procdaemon.deployment.validation;

import io.quarkus.builder.item.MultiBuildItem;

/** Something wrong that another room has found, to be reported together with all that is wrong with the subsystems. */
public final class ProblemBuildItem extends MultiBuildItem {

    private final String problem;

    /** @param problem a whole sentence that begins with where it is */
    public ProblemBuildItem(String problem) {
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}

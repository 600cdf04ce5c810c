package io.quarkiverse.procdaemon.deployment.validation;

import io.quarkus.builder.item.MultiBuildItem;

/** A problem found by another processor, to be reported together with those of the subsystems. */
public final class ProblemBuildItem extends MultiBuildItem {

    private final String problem;

    /** @param problem a full sentence that begins with the location */
    public ProblemBuildItem(String problem) {
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}

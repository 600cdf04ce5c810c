package io.quarkiverse.procdaemon.deployment.validation;

import java.util.List;

import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkus.builder.item.SimpleBuildItem;

/** The subsystems of this build; without a problem, or the build would have failed. */
public final class ValidatedSubsystemsBuildItem extends SimpleBuildItem {

    private final List<SubsystemClass> subsystems;

    ValidatedSubsystemsBuildItem(List<SubsystemClass> subsystems) {
        this.subsystems = subsystems;
    }

    /** The enabled ones, by class name. */
    public List<SubsystemClass> subsystems() {
        return subsystems;
    }
}

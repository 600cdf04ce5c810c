package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.Map;

import org.jboss.jandex.ClassInfo;

import io.quarkus.builder.item.SimpleBuildItem;

/** The classes that are declared to be subsystems, annotated or contributed, as known before beans are discovered. */
public final class SubsystemClassesBuildItem extends SimpleBuildItem {

    private final Map<ClassInfo, String> names;

    SubsystemClassesBuildItem(Map<ClassInfo, String> names) {
        this.names = names;
    }

    /** The names of the subsystems by their classes. */
    public Map<ClassInfo, String> names() {
        return names;
    }

    /** Whether a class is one of them. */
    public boolean contains(ClassInfo type) {
        return names.keySet().stream().anyMatch(subsystem -> subsystem.name().equals(type.name()));
    }
}

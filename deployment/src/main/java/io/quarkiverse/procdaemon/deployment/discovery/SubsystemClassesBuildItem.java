package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

import io.quarkus.builder.item.SimpleBuildItem;

/** The classes that are declared to be subsystems, annotated or contributed, as known before beans are discovered. */
public final class SubsystemClassesBuildItem extends SimpleBuildItem {

    private final Map<ClassInfo, String> names;
    private final Set<DotName> types;

    SubsystemClassesBuildItem(Map<ClassInfo, String> names) {
        this.names = names;
        this.types = names.keySet().stream().map(ClassInfo::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The names of the subsystems by their classes. */
    public Map<ClassInfo, String> names() {
        return names;
    }

    /** Whether a class is one of them. */
    public boolean contains(ClassInfo type) {
        return types.contains(type.name());
    }
}

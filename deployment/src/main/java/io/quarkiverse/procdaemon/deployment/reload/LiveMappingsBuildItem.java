package io.quarkiverse.procdaemon.deployment.reload;

import java.util.List;
import java.util.Map;

import org.jboss.jandex.DotName;

import io.quarkiverse.procdaemon.runtime.reload.LiveMapping;
import io.quarkus.builder.item.SimpleBuildItem;

/** The mappings that are injected as {@link io.quarkiverse.procdaemon.LiveConfig}, and by whom. */
public final class LiveMappingsBuildItem extends SimpleBuildItem {

    private final List<LiveMapping> mappings;
    private final Map<DotName, List<String>> prefixes;

    LiveMappingsBuildItem(List<LiveMapping> mappings, Map<DotName, List<String>> prefixes) {
        this.mappings = mappings;
        this.prefixes = prefixes;
    }

    /** All of them, each once, by class name. */
    public List<LiveMapping> mappings() {
        return mappings;
    }

    /**
     * What the names of the keys begin with that the bean of a class reads through what it injects itself; empty if that
     * concerns every key or it injects none.
     */
    public List<String> prefixes(DotName beanClass) {
        return prefixes.getOrDefault(beanClass, List.of());
    }
}

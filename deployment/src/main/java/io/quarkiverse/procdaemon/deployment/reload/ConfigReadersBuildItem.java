package io.quarkiverse.procdaemon.deployment.reload;

import java.util.List;
import java.util.Map;

import org.jboss.jandex.DotName;

import io.quarkiverse.procdaemon.runtime.reload.LiveMapping;
import io.quarkiverse.procdaemon.runtime.reload.RestartKeys;
import io.quarkus.builder.item.SimpleBuildItem;

/** Which beans read which configuration, and how. */
public final class ConfigReadersBuildItem extends SimpleBuildItem {

    private final List<LiveMapping> mappings;
    private final Map<DotName, List<String>> prefixes;
    private final RestartKeys restartKeys;

    ConfigReadersBuildItem(List<LiveMapping> mappings, Map<DotName, List<String>> prefixes, RestartKeys restartKeys) {
        this.mappings = mappings;
        this.prefixes = prefixes;
        this.restartKeys = restartKeys;
    }

    /** The mappings that are injected as {@link io.quarkiverse.procdaemon.LiveConfig}, each once, by class name. */
    public List<LiveMapping> mappings() {
        return mappings;
    }

    /**
     * The prefixes of the keys that a bean reads through the {@code LiveConfig}s it injects; empty if it injects none, or reads
     * every key.
     */
    public List<String> prefixes(DotName beanClass) {
        return prefixes.getOrDefault(beanClass, List.of());
    }

    /** The keys whose changes require a restart. */
    public RestartKeys restartKeys() {
        return restartKeys;
    }
}

package io.quarkiverse.procdaemon.deployment.reload;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import io.quarkus.deployment.builditem.ConfigClassBuildItem;
import io.smallrye.config.ConfigMappings;

/** The classes that a running application can have its configuration mapped to. */
final class ConfigClasses {

    private final Map<DotName, ConfigClassBuildItem> mappings = new HashMap<>();
    private final Map<DotName, Set<ConfigClassBuildItem>> byType = new HashMap<>();

    ConfigClasses(Collection<ConfigClassBuildItem> classes) {
        for (ConfigClassBuildItem some : classes) {
            if (some.isMapping() && some.getConfigClass().isInterface()) {
                mappings.put(some.getName(), some);
            }
            for (Type type : some.getTypes()) {
                byType.computeIfAbsent(type.name(), none -> new HashSet<>()).add(some);
            }
        }
    }

    /** The {@code @ConfigMapping} interface of that name, null if there is none. */
    @Nullable
    ConfigClassBuildItem mapping(DotName name) {
        return mappings.get(name);
    }

    /** What may be injected for a type, since it is that type or extends it. */
    Stream<ConfigClassBuildItem> injectable(DotName type) {
        return byType.getOrDefault(type, Set.of()).stream();
    }

    /** The names of its keys, with a {@code *} for what may be anything. */
    static Stream<String> keys(Class<?> type, String prefix) {
        return ConfigMappings.ConfigClass.configClass(type, prefix).getProperties().keySet().stream();
    }

    /** What the names of its keys begin with: the prefix, or, without one, the first parts of them all. */
    static List<String> roots(Class<?> type, String prefix) {
        if (!prefix.isEmpty()) {
            return List.of(prefix);
        }
        List<String> roots = keys(type, prefix).map(name -> name.split("[.\\[]", 2)[0]).distinct().sorted().toList();
        // A map without a name of its own reads every key.
        return roots.contains("*") ? List.of("") : roots;
    }
}

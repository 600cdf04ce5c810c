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

/** The classes to which the configuration of the application can be mapped. */
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

    /** The {@code @ConfigMapping} interface of that name; null if there is none. */
    @Nullable
    ConfigClassBuildItem mapping(DotName name) {
        return mappings.get(name);
    }

    /** The classes that can be injected for a type: itself and its subtypes. */
    Stream<ConfigClassBuildItem> injectable(DotName type) {
        return byType.getOrDefault(type, Set.of()).stream();
    }

    /** The names of its keys, with {@code *} for variable parts. */
    static Stream<String> keys(Class<?> type, String prefix) {
        return ConfigMappings.ConfigClass.configClass(type, prefix).getProperties().keySet().stream();
    }

    /** The beginnings of its keys: the prefix, or, without one, the first segments of all keys. */
    static List<String> roots(Class<?> type, String prefix) {
        if (!prefix.isEmpty()) {
            return List.of(prefix);
        }
        List<String> roots = keys(type, prefix).map(name -> name.split("[.\\[]", 2)[0]).distinct().sorted().toList();
        // An unnamed map reads every key.
        return roots.contains("*") ? List.of("") : roots;
    }
}

package io.quarkiverse.procdaemon.deployment.reload;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.inject.ConfigProperties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.reload.RestartKeys;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.builditem.ConfigClassBuildItem;
import io.smallrye.config.ConfigMapping;

/** Collects the keys whose values are injected only once, at the start. */
final class RestartKeyCollector {

    private static final DotName CONFIG_PROPERTY = DotName.createSimple(ConfigProperty.class);
    private static final DotName CONFIG_PROPERTIES = DotName.createSimple(ConfigProperties.class);
    private static final DotName CONFIG_MAPPING = DotName.createSimple(ConfigMapping.class);
    private static final DotName SUPPLIER = DotName.createSimple(Supplier.class);
    private static final DotName MAP = DotName.createSimple(Map.class);

    private final ConfigClasses classes;
    private final Set<String> names = new TreeSet<>();
    private final Set<String> prefixes = new TreeSet<>();

    RestartKeyCollector(ConfigClasses classes) {
        this.classes = classes;
    }

    RestartKeys collect(Collection<InjectionPointInfo> points) {
        for (InjectionPointInfo point : points) {
            AnnotationInstance property = point.getRequiredQualifier(CONFIG_PROPERTY);
            AnnotationInstance properties = point.getRequiredQualifier(CONFIG_PROPERTIES);
            if (property != null) {
                addProperty(point, property);
            } else if (properties != null) {
                addClass(point, properties, ConfigClassBuildItem.Kind.PROPERTIES);
            } else {
                addClass(point, InjectionPlace.annotation(point, CONFIG_MAPPING), ConfigClassBuildItem.Kind.MAPPING);
            }
        }
        return new RestartKeys(names, prefixes);
    }

    private void addProperty(InjectionPointInfo point, AnnotationInstance annotation) {
        if (point.isProgrammaticLookup() || point.getType().name().equals(SUPPLIER)) {
            return;
        }
        AnnotationValue given = annotation.value("name");
        String name = given == null || given.asString().isBlank() ? defaultName(point) : given.asString();
        if (name != null) {
            (isMap(point.getType()) ? prefixes : names).add(name);
        }
    }

    private static boolean isMap(Type type) {
        return type.name().equals(MAP) || type.kind() == Type.Kind.PARAMETERIZED_TYPE
                && type.asParameterizedType().arguments().stream().anyMatch(argument -> argument.name().equals(MAP));
    }

    // Parameters have none.
    private static @Nullable String defaultName(InjectionPointInfo point) {
        AnnotationTarget target = point.getAnnotationTarget();
        if (target == null || target.kind() != AnnotationTarget.Kind.FIELD) {
            return null;
        }
        ClassInfo declaring = target.asField().declaringClass();
        String type = declaring.enclosingClass() == null ? declaring.name().toString()
                : declaring.enclosingClass().toString().replace('$', '.') + "." + declaring.simpleName();
        return type + "." + target.asField().name();
    }

    // Also for an Instance or a Provider of a mapping, which returns that of the start. Mappings of extensions are excluded:
    // which of their keys are live does not depend on who else reads them.
    private void addClass(InjectionPointInfo point, @Nullable AnnotationInstance annotation, ConfigClassBuildItem.Kind kind) {
        AnnotationValue given = annotation == null ? null : annotation.value("prefix");
        boolean own = given != null && !given.asString().isEmpty()
                && !given.asString().equals(ConfigProperties.UNCONFIGURED_PREFIX);
        classes.injectable(point.getRequiredType().name()).filter(type -> type.getKind() == kind)
                .forEach(type -> addKeys(type.getConfigClass(), own ? given.asString() : type.getPrefix(), kind));
    }

    private void addKeys(Class<?> type, String prefix, ConfigClassBuildItem.Kind kind) {
        List<String> roots = ConfigClasses.roots(type, prefix);
        if (kind == ConfigClassBuildItem.Kind.MAPPING && !roots.contains("")) {
            // Another mapping may have live keys under the same prefix.
            ConfigClasses.keys(type, prefix).filter(RestartKeyCollector::isOfNoExtension).forEach(names::add);
        } else {
            roots.stream().filter(RestartKeyCollector::isOfNoExtension).forEach(prefixes::add);
        }
    }

    private static boolean isOfNoExtension(String key) {
        return !(key + ".").startsWith("quarkus.");
    }
}

package io.quarkiverse.procdaemon.deployment.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.builditem.ConfigClassBuildItem;
import io.smallrye.config.ConfigMapping;

/** The injection points of {@link LiveConfig}. */
final class LiveInjections {

    private static final DotName LIVE_CONFIG = DotName.createSimple(LiveConfig.class);
    private static final DotName CONFIG_MAPPING = DotName.createSimple(ConfigMapping.class);
    private static final Set<DotName> OURS = Set.of(DotName.createSimple(Default.class), DotName.createSimple(Any.class));

    private final ConfigClasses classes;
    private final IndexView index;

    LiveInjections(ConfigClasses classes, IndexView index) {
        this.classes = classes;
        this.index = index;
    }

    /** The mappings that can be injected, each once, by class name. */
    List<ConfigClassBuildItem> mappings(Collection<InjectionPointInfo> points) {
        return live(points).map(point -> mapping(point.getRequiredType())).filter(Objects::nonNull)
                .map(type -> classes.mapping(type.name())).filter(Objects::nonNull).distinct()
                .sorted(Comparator.comparing(ConfigClassBuildItem::getName)).toList();
    }

    /** The problems, each a full sentence that begins with the location. */
    List<String> problems(Collection<InjectionPointInfo> points) {
        Set<String> problems = new TreeSet<>();
        live(points).forEach(point -> problems.addAll(problems(point)));
        return List.copyOf(problems);
    }

    // With another qualifier it is a bean of the application.
    private static Stream<InjectionPointInfo> live(Collection<InjectionPointInfo> points) {
        return points.stream().filter(point -> point.getRequiredType().name().equals(LIVE_CONFIG))
                .filter(point -> point.getRequiredQualifiers().stream().map(AnnotationInstance::name).allMatch(OURS::contains));
    }

    private static @Nullable Type mapping(Type live) {
        if (live.kind() != Type.Kind.PARAMETERIZED_TYPE) {
            return null;
        }
        Type argument = live.asParameterizedType().arguments().get(0);
        return argument.kind() == Type.Kind.CLASS ? argument : null;
    }

    private List<String> problems(InjectionPointInfo point) {
        List<String> problems = new ArrayList<>();
        Type mapping = mapping(point.getRequiredType());
        String where = InjectionPlace.of(point) + ": ";
        if (mapping == null) {
            problems.add(where + point.getRequiredType()
                    + " does not name a mapping; inject a LiveConfig<X>, where X is an interface "
                    + "annotated with @ConfigMapping");
        } else if (classes.mapping(mapping.name()) == null) {
            problems.add(where + "there is no LiveConfig of " + mapping.name() + ", " + reason(mapping.name()));
        }
        if (InjectionPlace.annotation(point, CONFIG_MAPPING) != null) {
            problems.add(where + "@ConfigMapping has no effect on a LiveConfig, whose prefix is that of the mapping itself; "
                    + "remove it here, and set the prefix where the mapping is declared");
        }
        return problems;
    }

    private String reason(DotName type) {
        ClassInfo declared = index.getClassByName(type);
        if (declared == null) {
            return "whose class is not indexed: add an empty META-INF/beans.xml to its jar, or index that with "
                    + "quarkus.index-dependency";
        } else if (!declared.hasDeclaredAnnotation(CONFIG_MAPPING)) {
            return "which is not annotated with @ConfigMapping; annotate it, or inject the LiveConfig of the mapping that it is "
                    + "a part of";
        } else if (!declared.isInterface()) {
            return "which is a class; make it an interface, since Quarkus maps configuration to nothing else";
        }
        return "which is read only while the application is built; do without it at run time";
    }
}

package io.quarkiverse.procdaemon.deployment.discovery;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/** Finds annotated methods that no subsystem has or inherits. */
final class Strays {

    private final IndexView index;
    private final InheritedMethods inherited;
    private final Set<DotName> subsystems;

    /** @param subsystems the classes that are declared to be subsystems */
    Strays(IndexView index, InheritedMethods inherited, Set<DotName> subsystems) {
        this.index = index;
        this.inherited = inherited;
        this.subsystems = subsystems;
    }

    List<Stray> all() {
        Set<DotName> families = subsystems.stream().map(index::getClassByName).filter(Objects::nonNull)
                .flatMap(type -> inherited.lineage(type).stream()).map(ClassInfo::name)
                .collect(Collectors.toUnmodifiableSet());
        List<Stray> strays = new ArrayList<>();
        for (LifecycleAnnotation annotation : LifecycleAnnotation.values()) {
            for (AnnotationInstance instance : index.getAnnotations(annotation.annotation())) {
                AnnotationTarget target = instance.target();
                if (target.kind() == AnnotationTarget.Kind.METHOD && !target.asMethod().isSynthetic()
                        && !families.contains(target.asMethod().declaringClass().name())) {
                    add(new SubsystemMethod(annotation, target.asMethod()), strays);
                }
            }
        }
        strays.sort(Comparator.comparing((Stray stray) -> stray.method().location())
                .thenComparing(stray -> stray.method().annotation()));
        return List.copyOf(strays);
    }

    private void add(SubsystemMethod method, List<Stray> strays) {
        List<ClassInfo> heirs = heirs(method.method().declaringClass());
        List<ClassInfo> declared = heirs.stream().filter(heir -> subsystems.contains(heir.name())).toList();
        List<ClassInfo> losers = declared.stream().filter(heir -> !has(heir, method)).toList();
        if (declared.isEmpty() || !losers.isEmpty()) {
            strays.add(new Stray(method, names(heirs), names(losers)));
        }
    }

    private boolean has(ClassInfo heir, SubsystemMethod wanted) {
        return inherited.of(heir).annotated().stream().anyMatch(own -> own.annotation() == wanted.annotation()
                && own.method().name().equals(wanted.method().name()));
    }

    private List<ClassInfo> heirs(ClassInfo type) {
        return (type.isInterface() ? index.getAllKnownImplementations(type.name())
                : index.getAllKnownSubclasses(type.name())).stream()
                .filter(heir -> !heir.isInterface() && !Modifier.isAbstract(heir.flags())).toList();
    }

    private static List<String> names(List<ClassInfo> types) {
        return types.stream().map(type -> type.name().toString()).sorted().toList();
    }
}

package io.quarkiverse.procdaemon.deployment.discovery;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/**
 * The methods of a class and its superclasses that a call on an instance can reach. An overriding method replaces the
 * overridden one together with its annotations, as it does for CDI observers.
 */
final class InheritedMethods {

    private final IndexView index;

    InheritedMethods(IndexView index) {
        this.index = index;
    }

    /** The class and its superclasses, as far as they are known, without {@code Object}. */
    List<ClassInfo> lineage(ClassInfo type) {
        List<ClassInfo> lineage = new ArrayList<>();
        for (ClassInfo next = type; next != null && next.superName() != null; next = index.getClassByName(next.superName())) {
            lineage.add(next);
        }
        return lineage;
    }

    /**
     * The annotated methods, those of the class itself first. An annotated abstract method whose implementation lacks the
     * annotation is one of them: it would otherwise be lost without a word.
     */
    List<SubsystemMethod> annotated(ClassInfo type) {
        List<MethodInfo> seen = new ArrayList<>();
        List<SubsystemMethod> annotated = new ArrayList<>();
        for (ClassInfo next : lineage(type)) {
            List<MethodInfo> own = next.methodsInDeclarationOrder().stream()
                    .filter(Predicate.not(MethodInfo::isSynthetic)).toList();
            for (MethodInfo method : own) {
                for (LifecycleAnnotation annotation : annotationsOf(method)) {
                    if (seen.stream().noneMatch(below -> replaces(below, method, annotation))) {
                        annotated.add(new SubsystemMethod(annotation, method));
                    }
                }
            }
            seen.addAll(own);
        }
        return annotated;
    }

    private static List<LifecycleAnnotation> annotationsOf(MethodInfo method) {
        List<LifecycleAnnotation> found = new ArrayList<>();
        for (LifecycleAnnotation annotation : LifecycleAnnotation.values()) {
            if (method.hasDeclaredAnnotation(annotation.annotation())) {
                found.add(annotation);
            }
        }
        return found;
    }

    private static boolean replaces(MethodInfo below, MethodInfo above, LifecycleAnnotation annotation) {
        return overrides(below, above)
                && (!Modifier.isAbstract(above.flags()) || below.hasDeclaredAnnotation(annotation.annotation()));
    }

    private static boolean overrides(MethodInfo below, MethodInfo above) {
        return above.name().equals(below.name()) && above.parameterTypes().equals(below.parameterTypes())
                && !Modifier.isPrivate(above.flags()) && !Modifier.isStatic(above.flags())
                && (Modifier.isPublic(above.flags()) || Modifier.isProtected(above.flags()) || samePackage(below, above));
    }

    private static boolean samePackage(MethodInfo below, MethodInfo above) {
        return below.declaringClass().name().packagePrefix() == null
                ? above.declaringClass().name().packagePrefix() == null
                : below.declaringClass().name().packagePrefix().equals(above.declaringClass().name().packagePrefix());
    }
}

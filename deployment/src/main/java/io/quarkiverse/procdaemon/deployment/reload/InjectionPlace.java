package io.quarkiverse.procdaemon.deployment.reload;

import java.util.stream.Collectors;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;
import org.jspecify.annotations.Nullable;

import io.quarkus.arc.processor.InjectionPointInfo;

/** The location of an injection point: a field or a parameter. */
final class InjectionPlace {

    private InjectionPlace() {
    }

    /**
     * For messages: {@code com.acme.Ingest.config}, {@code parameter config of com.acme.Ingest.bind(LiveConfig)}.
     */
    static String of(InjectionPointInfo point) {
        AnnotationTarget target = point.getAnnotationTarget();
        if (target == null) {
            return point.getTargetInfo();
        }
        if (target.kind() == AnnotationTarget.Kind.FIELD) {
            return target.asField().declaringClass().name() + "." + target.asField().name();
        }
        MethodParameterInfo parameter = target.asMethodParameter();
        return "parameter " + parameter.nameOrDefault() + " of " + signature(parameter.method());
    }

    private static String signature(MethodInfo method) {
        return method.declaringClass().name() + (method.isConstructor() ? "" : "." + method.name())
                + method.parameterTypes().stream().map(type -> type.name().withoutPackagePrefix())
                        .map(name -> name.substring(name.lastIndexOf('$') + 1))
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** An annotation on it; null if it is not present. */
    static @Nullable AnnotationInstance annotation(InjectionPointInfo point, DotName annotation) {
        AnnotationTarget target = point.getAnnotationTarget();
        return target == null ? null : target.declaredAnnotation(annotation);
    }
}

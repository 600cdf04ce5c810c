package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.stream.Collectors;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/**
 * A life cycle method.
 *
 * @param annotation its annotation
 * @param method the method, possibly of a superclass
 */
public record SubsystemMethod(LifecycleAnnotation annotation, MethodInfo method) {

    /** Its location, for messages: {@code com.acme.Ingest.bind(ShutdownHandle)}. */
    public String location() {
        return method.declaringClass().name() + "." + signature();
    }

    /** Its name and the simple names of its parameter types: {@code bind(ShutdownHandle)}. */
    public String signature() {
        return method.parameterTypes().stream().map(SubsystemMethod::simpleName)
                .collect(Collectors.joining(", ", method.name() + "(", ")"));
    }

    /** The {@link io.quarkiverse.procdaemon.Run#every()}; null if there is none. */
    public @Nullable String every() {
        AnnotationInstance instance = method.declaredAnnotation(annotation.annotation());
        AnnotationValue every = instance == null ? null : instance.value("every");
        return every == null ? null : every.asString();
    }

    private static String simpleName(Type type) {
        String name = type.name().toString();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}

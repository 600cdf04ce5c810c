package io.quarkiverse.procdaemon.deployment.discovery;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jboss.jandex.ArrayType;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jboss.jandex.TypeVariable;

/**
 * The annotated methods of a class and its superclasses. An overriding method replaces the overridden one together with its
 * annotations, as for CDI observers.
 */
final class InheritedMethods {

    private final IndexView index;

    InheritedMethods(IndexView index) {
        this.index = index;
    }

    /**
     * The methods of a class.
     *
     * @param annotated its annotated methods, its own ones first
     * @param lost methods that override an annotated one without its annotation
     */
    record Found(List<SubsystemMethod> annotated, List<LostAnnotation> lost) {

        static final Found NONE = new Found(List.of(), List.of());
    }

    /** The class and its known superclasses, without {@code Object}. */
    List<ClassInfo> lineage(ClassInfo type) {
        List<ClassInfo> lineage = new ArrayList<>();
        for (ClassInfo next = type; next != null && next.superName() != null; next = index.getClassByName(next.superName())) {
            lineage.add(next);
        }
        return lineage;
    }

    Found of(ClassInfo type) {
        List<Candidate> seen = new ArrayList<>();
        Found found = new Found(new ArrayList<>(), new ArrayList<>());
        TypeArguments arguments = TypeArguments.NONE;
        ClassInfo subclass = null;
        for (ClassInfo next : lineage(type)) {
            arguments = subclass == null ? arguments : arguments.ofSuperclass(subclass, next);
            List<Candidate> own = Candidate.of(next, arguments);
            own.forEach(candidate -> add(candidate, seen, found));
            seen.addAll(own);
            subclass = next;
        }
        return found;
    }

    private static void add(Candidate candidate, List<Candidate> seen, Found found) {
        for (LifecycleAnnotation annotation : LifecycleAnnotation.values()) {
            if (candidate.method.hasDeclaredAnnotation(annotation.annotation())) {
                SubsystemMethod subject = new SubsystemMethod(annotation, candidate.method);
                MethodInfo override = seen.stream().filter(below -> below.overrides(candidate)).findFirst()
                        .map(Candidate::method).orElse(null);
                if (override == null) {
                    found.annotated.add(subject);
                } else if (!override.hasDeclaredAnnotation(annotation.annotation())) {
                    found.lost.add(new LostAnnotation(new SubsystemMethod(annotation, override), subject));
                }
            }
        }
    }

    /**
     * A method as seen from a subclass.
     *
     * @param parameters the erased types of its parameters, with type variables resolved
     */
    private record Candidate(MethodInfo method, List<String> parameters) {

        static List<Candidate> of(ClassInfo type, TypeArguments arguments) {
            return type.methodsInDeclarationOrder().stream().filter(method -> !method.isSynthetic())
                    .map(method -> new Candidate(method, arguments.erasedParameters(method))).toList();
        }

        boolean overrides(Candidate above) {
            int flags = above.method.flags();
            return method.name().equals(above.method.name()) && parameters.equals(above.parameters)
                    && !Modifier.isPrivate(flags) && !Modifier.isStatic(flags)
                    && (Modifier.isPublic(flags) || Modifier.isProtected(flags) || isInPackageOf(above));
        }

        private boolean isInPackageOf(Candidate other) {
            return Objects.equals(method.declaringClass().name().packagePrefix(),
                    other.method.declaringClass().name().packagePrefix());
        }
    }

    /**
     * The type arguments of a class as seen from one of its subclasses.
     *
     * @param erasures the erased types of the known type variables, by identifier
     */
    private record TypeArguments(Map<String, String> erasures) {

        static final TypeArguments NONE = new TypeArguments(Map.of());

        /** The type arguments of the superclass. */
        TypeArguments ofSuperclass(ClassInfo type, ClassInfo superclass) {
            Type declared = type.superClassType();
            if (declared.kind() != Type.Kind.PARAMETERIZED_TYPE) {
                return NONE;
            }
            List<Type> arguments = declared.asParameterizedType().arguments();
            List<TypeVariable> variables = superclass.typeParameters();
            Map<String, String> next = new HashMap<>();
            for (int i = 0; i < Math.min(arguments.size(), variables.size()); i++) {
                next.put(variables.get(i).identifier(), erasure(arguments.get(i)));
            }
            return new TypeArguments(next);
        }

        /** The erased types of the parameters of a method. */
        List<String> erasedParameters(MethodInfo method) {
            return method.parameterTypes().stream().map(this::erasure).toList();
        }

        private String erasure(Type type) {
            return switch (type.kind()) {
                case ARRAY -> arrayErasure(type.asArrayType());
                case TYPE_VARIABLE -> erasures.getOrDefault(type.asTypeVariable().identifier(), type.name().toString());
                default -> type.name().toString();
            };
        }

        private String arrayErasure(ArrayType type) {
            return erasure(type.elementType()) + "[]".repeat(type.deepDimensions());
        }
    }
}

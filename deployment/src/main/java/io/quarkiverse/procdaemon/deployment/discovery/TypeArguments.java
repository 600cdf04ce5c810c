package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jboss.jandex.ArrayType;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jboss.jandex.TypeVariable;

/**
 * What the type variables of a class stand for, seen from one of its subclasses.
 *
 * @param erasures the erased type of each variable that is known, by its identifier
 */
record TypeArguments(Map<String, String> erasures) {

    static final TypeArguments NONE = new TypeArguments(Map.of());

    /** What those of the superclass stand for, if these are those of a class. */
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

    /** The erased types of the parameters of a method of the class. */
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

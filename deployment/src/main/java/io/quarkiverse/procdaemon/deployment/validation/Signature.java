package io.quarkiverse.procdaemon.deployment.validation;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.deployment.discovery.LifecycleAnnotation;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemMethod;
import io.smallrye.mutiny.Uni;

/** Rules for the signatures of annotated methods. */
final class Signature {

    private static final DotName BOXED_BOOLEAN = DotName.createSimple(Boolean.class);
    private static final Set<DotName> HANDLES = Set.of(DotName.createSimple(ShutdownHandle.class),
            DotName.createSimple(SubsystemContext.class));
    private static final Set<DotName> CHANGE = Set.of(DotName.createSimple(ConfigChange.class));
    private static final Set<DotName> STAGES = Set.of(DotName.createSimple(Uni.class),
            DotName.createSimple(CompletionStage.class), DotName.createSimple(CompletableFuture.class));

    private static final List<DotName> EXECUTION_MODELS = Stream.of("Blocking", "NonBlocking", "RunOnVirtualThread")
            .map(name -> DotName.createSimple("io.smallrye.common.annotation." + name)).toList();

    private Signature() {
    }

    static void check(SubsystemMethod subject, Consumer<String> problems) {
        MethodInfo method = subject.method();
        String where = subject.location() + ": a method annotated " + subject.annotation();
        if (Modifier.isPrivate(method.flags())) {
            problems.accept(where + " cannot be private; remove 'private'");
        }
        if (Modifier.isStatic(method.flags())) {
            problems.accept(where + " cannot be static; remove 'static'");
        }
        if (Modifier.isAbstract(method.flags())) {
            problems.accept(where + " cannot be abstract; annotate the method that implements it");
        }
        for (DotName model : EXECUTION_MODELS) {
            if (method.hasDeclaredAnnotation(model)) {
                problems.accept(where + " cannot be @" + model.withoutPackagePrefix() + "; remove it: the configuration key "
                        + "quarkus.proc-daemon.subsystem.thread chooses the threads of subsystems");
            }
        }
        boolean probe = subject.annotation() == LifecycleAnnotation.HEALTHY;
        if (!mayTake(subject.annotation(), method.parameterTypes())) {
            problems.accept(where + " cannot take " + inWords(method.parameterTypes()) + "; let it take "
                    + parameters(subject.annotation()));
        }
        if (!(probe ? isAnswer(method.returnType()) : isDone(method.returnType()))) {
            problems.accept(where + " cannot return " + method.returnType() + "; let it return "
                    + (probe ? "boolean, Uni<Boolean> or CompletionStage<Boolean>" : "void, Uni or CompletionStage"));
        }
    }

    private static boolean mayTake(LifecycleAnnotation annotation, List<Type> parameters) {
        Set<DotName> one = switch (annotation) {
            case ON_START, RUN, ON_STOP -> HANDLES;
            case ON_RELOAD -> CHANGE;
            case HEALTHY -> Set.of();
        };
        return parameters.isEmpty() || parameters.size() == 1 && one.contains(parameters.get(0).name());
    }

    private static String parameters(LifecycleAnnotation annotation) {
        return switch (annotation) {
            case ON_START, RUN, ON_STOP -> "nothing, a ShutdownHandle or a SubsystemContext";
            case ON_RELOAD -> "nothing or a ConfigChange";
            case HEALTHY -> "nothing";
        };
    }

    private static boolean isDone(Type type) {
        return type.kind() == Type.Kind.VOID || STAGES.contains(type.name());
    }

    private static boolean isAnswer(Type type) {
        if (type.kind() == Type.Kind.PRIMITIVE) {
            return type.name().toString().equals("boolean");
        }
        return type.kind() == Type.Kind.PARAMETERIZED_TYPE && STAGES.contains(type.name())
                && type.asParameterizedType().arguments().get(0).name().equals(BOXED_BOOLEAN);
    }

    private static String inWords(List<Type> parameters) {
        return String.join(", ", parameters.stream().map(type -> type.name().toString()).toList());
    }
}

package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.deployment.discovery.Eligibility;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkiverse.procdaemon.runtime.messaging.ConsumerMethod;

/** Reads an {@code @Incoming} method as SmallRye does. */
record Consumer(MethodInfo method, IndexView index) {

    /** @param subsystem to whose bean it belongs; null if to none */
    ConsumerMethod read(@Nullable SubsystemClass subsystem) {
        boolean acknowledged = !takesMessages() && isAcknowledgedBy("POST_PROCESSING", true);
        return new ConsumerMethod(channels(method, Names.INCOMING, Names.INCOMINGS),
                method.declaringClass().name().toString(), method.name(),
                subsystem == null ? null : subsystem.name(),
                subsystem != null && subsystem.eligibility() == Eligibility.REPLACED, acknowledged, obstacle(acknowledged));
    }

    /** The channels that annotations of a method name. */
    static List<String> channels(MethodInfo method, DotName one, DotName several) {
        Stream<AnnotationInstance> alone = Stream.ofNullable(method.declaredAnnotation(one));
        Stream<AnnotationInstance> contained = Stream.ofNullable(method.declaredAnnotation(several))
                .flatMap(container -> Stream.of(container.value().asNestedArray()));
        return Stream.concat(alone, contained).map(annotation -> annotation.value().asString()).toList();
    }

    private @Nullable String obstacle(boolean acknowledged) {
        if (method.hasDeclaredAnnotation(Names.OUTGOING) || method.hasDeclaredAnnotation(Names.OUTGOINGS)) {
            return "it is annotated @Outgoing, too, so SmallRye lets its messages pass by no gate; inject an Emitter for what it sends";
        }
        if (method.parametersCount() == 0 || Names.STREAMS.contains(method.returnType().name())) {
            return "it returns a Subscriber, which takes messages at its own pace; take one message as the parameter";
        }
        if (Names.SOURCES.contains(method.parameterType(0).name())) {
            return "it takes a stream, and messages from it at its own pace; take one message as the parameter";
        }
        if (isAcknowledgedBy("PRE_PROCESSING", false)) {
            return "its messages are taken, and acknowledged, before it is ready for them; remove @Acknowledgment(PRE_PROCESSING)";
        }
        if (!acknowledged && !isOrdered()) {
            return "it takes several messages at a time and acknowledges them itself; take the payload instead of the message, or"
                    + " one at a time";
        }
        return null;
    }

    private boolean isAcknowledgedBy(String strategy, boolean byDefault) {
        AnnotationInstance given = method.declaredAnnotation(Names.ACKNOWLEDGMENT);
        return given == null ? byDefault : given.value().asEnum().equals(strategy);
    }

    private boolean isOrdered() {
        AnnotationInstance blocking = method.declaredAnnotation(Names.BLOCKING);
        AnnotationValue ordered = blocking == null ? null : blocking.value("ordered");
        return (ordered == null || ordered.asBoolean()) && !method.hasDeclaredAnnotation(Names.VIRTUAL_THREAD)
                && !method.declaringClass().hasDeclaredAnnotation(Names.VIRTUAL_THREAD);
    }

    private boolean takesMessages() {
        if (method.parametersCount() == 0) {
            return false;
        }
        Set<DotName> met = new HashSet<>();
        Deque<DotName> ahead = new ArrayDeque<>(List.of(method.parameterType(0).name()));
        while (!ahead.isEmpty()) {
            DotName next = ahead.remove();
            if (next.equals(Names.MESSAGE)) {
                return true;
            }
            ClassInfo type = met.add(next) ? index.getClassByName(next) : null;
            if (type != null) {
                ahead.addAll(type.interfaceNames());
                if (type.superName() != null) {
                    ahead.add(type.superName());
                }
            }
        }
        return false;
    }
}

package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.Set;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jspecify.annotations.Nullable;

import io.quarkus.arc.processor.InjectionPointInfo;

/** Reads injected channels. */
final class Emitters {

    private static final Set<String> LOSING = Set.of("DROP", "LATEST", "FAIL");

    private Emitters() {
    }

    /** The channel to which an emitter that is injected there sends; null if none is. */
    static @Nullable String channel(InjectionPointInfo point) {
        AnnotationInstance channel = point.getRequiredQualifier(Names.CHANNEL);
        return channel == null || Names.SOURCES.contains(point.getRequiredType().name()) ? null : channel.value().asString();
    }

    /** The strategy by which an emitter gives up messages that nobody takes; null if it does not. */
    static @Nullable String losingStrategy(InjectionPointInfo point) {
        AnnotationTarget target = point.getAnnotationTarget();
        AnnotationInstance overflow = target == null ? null : target.declaredAnnotation(Names.ON_OVERFLOW);
        String strategy = overflow == null ? "" : overflow.value().asEnum();
        return LOSING.contains(strategy) ? strategy : null;
    }
}

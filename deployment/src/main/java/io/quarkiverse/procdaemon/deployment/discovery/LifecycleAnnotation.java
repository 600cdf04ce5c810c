package io.quarkiverse.procdaemon.deployment.discovery;

import java.lang.annotation.Annotation;

import org.jboss.jandex.DotName;

import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;

/** The annotations of life cycle methods. */
public enum LifecycleAnnotation {

    ON_START(OnStart.class),
    RUN(Run.class),
    ON_STOP(OnStop.class),
    HEALTHY(Healthy.class),
    ON_RELOAD(OnReload.class);

    private final DotName name;

    LifecycleAnnotation(Class<? extends Annotation> type) {
        this.name = DotName.createSimple(type);
    }

    /** The class name of the annotation. */
    public DotName annotation() {
        return name;
    }

    /** As in source code: {@code @OnStart}. */
    @Override
    public String toString() {
        return "@" + name.withoutPackagePrefix();
    }
}

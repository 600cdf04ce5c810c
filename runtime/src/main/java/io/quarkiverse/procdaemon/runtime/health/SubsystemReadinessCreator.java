package io.quarkiverse.procdaemon.runtime.health;

import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkus.arc.BeanCreator;
import io.quarkus.arc.SyntheticCreationalContext;

/** Makes the readiness check of the subsystem that the parameter {@link #NAME} names. */
public final class SubsystemReadinessCreator implements BeanCreator<Object> {

    /** The parameter that holds the subsystem's name. */
    public static final String NAME = "subsystem";

    @Override
    public Object create(SyntheticCreationalContext<Object> context) {
        return new SubsystemReadiness(context.getInjectedReference(Engine.class), (String) context.getParams().get(NAME));
    }
}

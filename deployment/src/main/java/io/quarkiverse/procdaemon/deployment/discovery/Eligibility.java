package io.quarkiverse.procdaemon.deployment.discovery;

/** Whether a class annotated {@link io.quarkiverse.procdaemon.Subsystem} is a subsystem of this build. */
public enum Eligibility {
    /** It is a bean, hence a subsystem. */
    ENABLED,
    /** The build leaves it out: a build profile or property, an excluded type, an alternative not selected. */
    DISABLED,
    /** It is a bean, but another subsystem of the same name takes its place: an alternative, as a rule. */
    REPLACED,
    /** It is an interface or an annotation. */
    INTERFACE,
    /** It is an abstract class. */
    ABSTRACT,
    /** It is an enum, whose instances CDI cannot make. */
    ENUM,
    /** It is an inner, local or anonymous class, which CDI cannot instantiate. */
    INNER,
    /** It has no constructor that CDI can call. */
    NO_CONSTRUCTOR;

    /** Whether it is legal but no subsystem of this build. */
    public boolean isLeftOut() {
        return this == DISABLED || this == REPLACED;
    }
}

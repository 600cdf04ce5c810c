package io.quarkiverse.procdaemon.deployment.discovery;

/** Whether a class declared to be a subsystem is one of this build. */
public enum Eligibility {
    /** A bean, hence a subsystem. */
    ENABLED,
    /** Not in this build: disabled by a build profile or property, an excluded type, an alternative that is not selected. */
    DISABLED,
    /** A bean, but replaced by another subsystem of the same name, usually an alternative. */
    REPLACED,
    /** An interface or an annotation. */
    INTERFACE,
    /** An abstract class. */
    ABSTRACT,
    /** An enum, which CDI cannot instantiate. */
    ENUM,
    /** An inner, local or anonymous class, which CDI cannot instantiate. */
    INNER,
    /** A class without a constructor that CDI can call. */
    NO_CONSTRUCTOR,
    /** Not on the class path of the application. */
    MISSING;

    /** Whether it is legal but not a subsystem of this build. */
    public boolean isLeftOut() {
        return this == DISABLED || this == REPLACED;
    }
}

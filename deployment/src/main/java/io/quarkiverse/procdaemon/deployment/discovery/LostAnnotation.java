package io.quarkiverse.procdaemon.deployment.discovery;

/**
 * A method that overrides an annotated one and lacks the annotation, so that it has no part in the subsystem's life.
 *
 * @param override the overriding method, with the annotation it lacks
 * @param overridden the annotated method
 */
public record LostAnnotation(SubsystemMethod override, SubsystemMethod overridden) {
}

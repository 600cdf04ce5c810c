package io.quarkiverse.procdaemon.deployment.discovery;

/**
 * A method that overrides an annotated one without the annotation, so the daemon does not call it.
 *
 * @param override the overriding method, with the missing annotation
 * @param overridden the annotated method
 */
public record LostAnnotation(SubsystemMethod override, SubsystemMethod overridden) {
}

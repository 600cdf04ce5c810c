package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.List;

/**
 * An annotated method that no subsystem has or inherits with its annotation.
 *
 * @param method the method
 * @param heirs the classes, not abstract, that extend or implement the one that declares it, by name
 * @param losers those of them that are annotated {@link io.quarkiverse.procdaemon.Subsystem} and lack this annotation; not
 *        empty
 *        only for the method of an interface
 */
public record Stray(SubsystemMethod method, List<String> heirs, List<String> losers) {
}

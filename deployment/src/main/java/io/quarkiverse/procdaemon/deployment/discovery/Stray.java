package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.List;

/**
 * An annotated method that no subsystem has or inherits with its annotation.
 *
 * @param method the method
 * @param heirs the names of the concrete classes that extend or implement the declaring one
 * @param losers those of them that are annotated {@link io.quarkiverse.procdaemon.Subsystem} and lack this annotation; only for
 *        methods of interfaces
 */
public record Stray(SubsystemMethod method, List<String> heirs, List<String> losers) {
}

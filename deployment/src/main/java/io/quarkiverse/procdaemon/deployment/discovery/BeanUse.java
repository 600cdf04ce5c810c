package io.quarkiverse.procdaemon.deployment.discovery;

/**
 * A place where others than the daemon call a bean.
 *
 * @param location the location, for messages
 * @param annotation the annotation through which they do; empty if it is injected there
 */
public record BeanUse(String location, String annotation) {
}

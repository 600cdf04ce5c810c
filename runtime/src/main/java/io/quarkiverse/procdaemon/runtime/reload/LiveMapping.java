package io.quarkiverse.procdaemon.runtime.reload;

/**
 * A mapping that is injected as a {@link io.quarkiverse.procdaemon.LiveConfig}, as the build found it.
 *
 * @param type the name of its interface
 * @param prefix the prefix of its keys
 */
public record LiveMapping(String type, String prefix) {
}

package io.quarkiverse.procdaemon.runtime.reload;

/**
 * A configuration mapping that is injected as a {@link io.quarkiverse.procdaemon.LiveConfig} somewhere.
 *
 * @param type the mapping
 * @param prefix of its keys, as its annotation says; may be empty
 */
public record LiveMapping(Class<?> type, String prefix) {
}

package io.quarkiverse.procdaemon.event;

import java.time.Instant;
import java.util.Set;

/**
 * A new configuration is in force. A CDI event: {@code @Observes ConfigReloaded}.
 *
 * @param epoch its number, see {@code LiveConfig.epoch()}
 * @param at since when
 * @param changed the keys that differ from the configuration before
 * @param requiresRestart those of them that only a restart takes up
 */
public record ConfigReloaded(long epoch, Instant at, Set<String> changed, Set<String> requiresRestart) {
}

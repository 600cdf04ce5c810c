package io.quarkiverse.procdaemon.event;

import java.time.Instant;
import java.util.Set;

/**
 * A new configuration is active. A CDI event: {@code @Observes ConfigReloaded}.
 *
 * @param epoch its epoch, see {@code LiveConfig.epoch()}
 * @param at when it became active
 * @param changed the keys that differ from the previous configuration
 * @param requiresRestart those of them whose new values require a restart of the process
 */
public record ConfigReloaded(long epoch, Instant at, Set<String> changed, Set<String> requiresRestart) {
}

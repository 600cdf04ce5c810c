package io.quarkiverse.procdaemon.event;

import java.time.Instant;
import java.util.List;

/**
 * A new configuration was rejected; the previous one stays active. A CDI event: {@code @Observes ConfigReloadRejected}.
 *
 * @param epoch the epoch of the configuration that stays active, see {@code LiveConfig.epoch()}
 * @param at when it was rejected
 * @param problems why: key, file, line and reason of each
 */
public record ConfigReloadRejected(long epoch, Instant at, List<ConfigProblem> problems) {
}

package io.quarkiverse.procdaemon.event;

import java.time.Instant;
import java.util.List;

/**
 * A new configuration was not taken; the one before stays in force. A CDI event: {@code @Observes ConfigReloadRejected}.
 *
 * @param epoch the number of the configuration that stays, see {@code LiveConfig.epoch()}
 * @param at when
 * @param problems why: key, file, line and reason of each
 */
public record ConfigReloadRejected(long epoch, Instant at, List<ConfigProblem> problems) {
}

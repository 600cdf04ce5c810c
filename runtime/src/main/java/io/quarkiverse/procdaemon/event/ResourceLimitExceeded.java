package io.quarkiverse.procdaemon.event;

import java.time.Instant;

/**
 * The process has used more than a soft limit allows, in three samples in a row. A CDI event:
 * {@code @Observes ResourceLimitExceeded}. {@link ResourceLimitCleared} follows once it uses less again, unless the daemon
 * shuts down before.
 *
 * @param resource {@code heap}: what lives in it after a collection, limited by
 *        {@code quarkus.proc-daemon.resources.heap-soft-limit}; or {@code memory}: the working set, limited by
 *        {@code quarkus.proc-daemon.resources.memory-soft-limit}
 * @param used how much, in bytes, in the last sample
 * @param limit the limit, in bytes
 * @param at when
 */
public record ResourceLimitExceeded(String resource, long used, long limit, Instant at) {
}

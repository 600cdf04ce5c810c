package io.quarkiverse.procdaemon.event;

import java.time.Instant;

/**
 * The process uses less than nine tenths of a soft limit that it had exceeded; or there is no such limit any more. A CDI event:
 * {@code @Observes ResourceLimitCleared}.
 *
 * @param resource {@code heap} or {@code memory}, as in {@link ResourceLimitExceeded}
 * @param used how much, in bytes, in the last sample
 * @param limit the limit, in bytes; if there is none any more, the last one
 * @param at when
 */
public record ResourceLimitCleared(String resource, long used, long limit, Instant at) {
}

package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.util.HashSet;
import java.util.Set;

import org.jboss.logging.Logger;

/**
 * Logs troubles that may last, one line per episode: when one begins, and not again before it is over. Used by one thread.
 */
final class EpisodeLog {

    private final Logger log;
    private Set<Object> last = Set.of();
    private Set<Object> now = new HashSet<>();

    EpisodeLog(Logger log) {
        this.log = log;
    }

    /** Found in this round; logs the text if it was not found in the last one. */
    void found(Object trouble, Logger.Level level, String text) {
        if (now.add(trouble) && !last.contains(trouble)) {
            log.log(level, text);
        }
    }

    /** What was not found in this round is over. */
    void endRound() {
        last = now;
        now = new HashSet<>();
    }
}

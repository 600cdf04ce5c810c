package io.quarkiverse.procdaemon.runtime.engine.events;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * What the log says of outages: one line when one begins, one each time its length has doubled, one when it is over. What the
 * subsystem does in between, and what its dependents do, is of no interest to a reader.
 */
final class OutageLog {

    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Logger log;
    private final Map<String, Outage> open = new HashMap<>();

    private static final class Outage {
        private final Instant began;
        private final Set<String> dependents = new HashSet<>();
        private Duration next = FIRST;
        private int attempts;

        private Outage(Instant began) {
            this.began = began;
        }
    }

    OutageLog(Logger log) {
        this.log = log;
    }

    /** Whether a line about this event is of no interest, because of an outage. */
    boolean hides(SubsystemEvent event) {
        if (open.isEmpty() || event instanceof SubsystemEvent.GaveUp) {
            return false;
        }
        if (event instanceof SubsystemEvent.Stopping stopping
                && stopping.reason() instanceof ShutdownReason.DependencyLost lost && open.containsKey(lost.subsystem())) {
            open.get(lost.subsystem()).dependents.add(event.subsystem());
        }
        return open.containsKey(event.subsystem())
                || open.values().stream().anyMatch(outage -> outage.dependents.contains(event.subsystem()));
    }

    /** @param run the run, as the log names it */
    void began(SubsystemEvent.OutageBegan event, String run) {
        open.put(event.subsystem(), new Outage(event.at()));
        log.warnf("%s: what it needs is unavailable (%s); it is tried again with back-off until it is available, which does not"
                + " use up its restarts", run, PlainText.escape(event.reason()));
    }

    /** One more attempt has failed. */
    void failed(SubsystemEvent.Failed event, String run) {
        Outage outage = open.get(event.subsystem());
        if (outage == null) {
            return;
        }
        Duration lasted = Duration.between(outage.began, event.at());
        if (outage.attempts > 0 && lasted.compareTo(outage.next) >= 0) {
            log.warnf("%s: what it needs has been unavailable for %s (%d attempts): %s", run, Durations.text(lasted),
                    outage.attempts, Thrown.summary(event.failure()));
            while (lasted.compareTo(outage.next) >= 0) {
                outage.next = outage.next.multipliedBy(2);
            }
        }
        outage.attempts++;
    }

    /** @param run the run, as the log names it */
    void ended(SubsystemEvent.OutageEnded event, String run) {
        Outage over = open.remove(event.subsystem());
        if (over != null && event.recovered()) {
            log.infof("%s: what it needs is available again after %s (%d attempts)%s", run, Durations.text(event.took()),
                    over.attempts, over.dependents.isEmpty() ? "" : "; its dependents start again");
        }
    }

    void unregistered(String subsystem) {
        open.remove(subsystem);
    }
}

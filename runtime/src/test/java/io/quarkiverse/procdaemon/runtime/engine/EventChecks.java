package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Lifecycle;

/** What holds for any stream of events. */
final class EventChecks {

    private EventChecks() {
    }

    /** Numbered from 1 without a gap, each transition legal, generations one after the other. */
    static void assertLegal(List<SubsystemEvent> events) {
        Map<String, SubsystemState> states = new HashMap<>();
        Map<String, Long> generations = new HashMap<>();
        Set<String> failed = new HashSet<>();
        long sequence = 0;
        for (SubsystemEvent event : events) {
            assertThat(event.sequence()).as(event.toString()).isEqualTo(++sequence);
            String name = event.subsystem();
            long last = generations.getOrDefault(name, 0L);
            assertThat(event.generation()).as("%s", event)
                    .isEqualTo(event instanceof SubsystemEvent.Starting ? last + 1 : last);
            generations.put(name, event.generation());
            SubsystemState from = states.getOrDefault(name, SubsystemState.REGISTERED);
            SubsystemState to = after(event, from, failed);
            if (to != null) {
                assertThat(Lifecycle.isLegal(from, to)).as("%s to %s by %s", from, to, event).isTrue();
                states.put(name, to);
            }
        }
    }

    /**
     * The state an event leads to; null if it leads nowhere.
     *
     * @param failed the runs that have failed, other than in their clean-up
     */
    private static SubsystemState after(SubsystemEvent event, SubsystemState from, Set<String> failed) {
        if (event instanceof SubsystemEvent.Waiting) {
            return SubsystemState.WAITING;
        } else if (event instanceof SubsystemEvent.Starting) {
            return SubsystemState.STARTING;
        } else if (event instanceof SubsystemEvent.Started) {
            return SubsystemState.RUNNING;
        } else if (event instanceof SubsystemEvent.Stopping) {
            return SubsystemState.STOPPING;
        } else if (event instanceof SubsystemEvent.Failed failure) {
            boolean stopping = from == SubsystemState.STOPPING;
            if (failure.failure().phase() == SubsystemEvent.Phase.STOP) {
                assertThat(stopping).as("%s in %s", event, from).isTrue();
            } else {
                assertThat(failed.add(event.subsystem() + "#" + event.generation())).as("%s is the first of its run", event)
                        .isTrue();
            }
            return stopping ? null : SubsystemState.STOPPING;
        } else if (event instanceof SubsystemEvent.Restarting) {
            return SubsystemState.RESTARTING;
        } else if (event instanceof SubsystemEvent.GaveUp) {
            return SubsystemState.FAILED;
        } else if (event instanceof SubsystemEvent.Stopped) {
            return SubsystemState.STOPPED;
        }
        return null;
    }
}

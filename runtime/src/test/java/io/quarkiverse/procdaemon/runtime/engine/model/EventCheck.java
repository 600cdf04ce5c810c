package io.quarkiverse.procdaemon.runtime.engine.model;

import static io.quarkiverse.procdaemon.SubsystemState.FAILED;
import static io.quarkiverse.procdaemon.SubsystemState.REGISTERED;
import static io.quarkiverse.procdaemon.SubsystemState.RESTARTING;
import static io.quarkiverse.procdaemon.SubsystemState.RUNNING;
import static io.quarkiverse.procdaemon.SubsystemState.STARTING;
import static io.quarkiverse.procdaemon.SubsystemState.STOPPED;
import static io.quarkiverse.procdaemon.SubsystemState.STOPPING;
import static io.quarkiverse.procdaemon.SubsystemState.WAITING;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;

/**
 * Follows the events alone and holds each against the drawing of the states, the graph and the rules: what must be true of
 * every stream of events, however threads race.
 */
final class EventCheck implements DaemonListener {

    private static final Map<SubsystemState, Set<SubsystemState>> DRAWING = Map.of(
            REGISTERED, Set.of(WAITING, STOPPED),
            WAITING, Set.of(STARTING, STOPPED),
            STARTING, Set.of(RUNNING, STOPPING),
            RUNNING, Set.of(STOPPING),
            STOPPING, Set.of(STOPPED, RESTARTING, FAILED),
            RESTARTING, Set.of(WAITING, STOPPED),
            STOPPED, Set.of(WAITING),
            FAILED, Set.of(WAITING));

    /** One subsystem as its events tell it. */
    private static final class Track {
        private final Plan plan;
        private SubsystemState state = REGISTERED;
        private Instant since = Instant.EPOCH;
        private long generation;
        private int restarts;
        private int failures;
        private SubsystemEvent.Failed lastFailure;
        private boolean failed;
        private boolean ran;
        private int timedOut;
        private boolean abandoned;
        private int attempt;
        private Duration delay;
        private final List<Instant> restartedAt = new ArrayList<>();
        private Instant outage;
        private int uncharged;

        private Track(Plan plan) {
            this.plan = plan;
        }
    }

    private final Faults faults;
    private final Witness witness;
    private final List<Double> draws;
    private final Map<String, Plan> plans;
    private final Map<String, Track> tracks = new HashMap<>();
    private List<SubsystemEvent> fresh = new ArrayList<>();
    private final Set<String> commanded = new HashSet<>();
    private long sequence;
    private int restarts;
    /** What must come next, after an abandonment. */
    private final ArrayDeque<String> owed = new ArrayDeque<>();
    private final boolean exact;

    /**
     * @param plans all there are, also those that are registered later
     * @param draws the numbers chance has given for delays so far
     * @param exact whether the clock stands still while an event is made
     */
    EventCheck(Map<String, Plan> plans, List<Double> draws, boolean exact, Witness witness, Faults faults) {
        this.exact = exact;
        this.plans = plans;
        this.draws = draws;
        this.witness = witness;
        this.faults = faults;
    }

    /** What has been heard since this was asked last. */
    synchronized List<SubsystemEvent> takeFresh() {
        List<SubsystemEvent> taken = fresh;
        fresh = new ArrayList<>();
        return taken;
    }

    /** A hand starts or restarts it: delays may be cut short, and earlier restarts are forgotten. */
    synchronized void commanded(String name) {
        commanded.add(name);
    }

    @Override
    public synchronized void unregistered(String name) {
        Track track = tracks.remove(name);
        faults.require(track == null || track.state == STOPPED || track.state == FAILED, "%s is unregistered in %s", name,
                track == null ? null : track.state);
    }

    private Track track(String name) {
        return tracks.computeIfAbsent(name, key -> new Track(plans.get(key)));
    }

    @Override
    public synchronized void onEvent(SubsystemEvent event) {
        try {
            check(event);
        } catch (RuntimeException | AssertionError broken) {
            faults.add("%s could not be followed: %s", event, broken);
        }
        fresh.add(event);
    }

    private void check(SubsystemEvent event) {
        faults.require(event.sequence() == ++sequence, "number %d is missing before %s", sequence, event);
        Track track = track(event.subsystem());
        if (!owed.isEmpty()) {
            String text = event.getClass().getSimpleName() + " " + event.subsystem();
            faults.require(text.equals(owed.remove()), "%s comes amidst an abandonment", event);
        }
        long generation = event instanceof SubsystemEvent.Starting ? track.generation + 1 : track.generation;
        faults.require(event.generation() == generation, "%s is not of run %d", event, generation);
        if (event instanceof SubsystemEvent.Waiting waiting) {
            waiting(track, waiting);
        } else if (event instanceof SubsystemEvent.Starting) {
            starting(track, event);
        } else if (event instanceof SubsystemEvent.Started started) {
            took(track, event, started.took());
            move(track, event, RUNNING);
            track.ran = true;
        } else if (event instanceof SubsystemEvent.Failed failed) {
            failed(track, failed);
        } else if (event instanceof SubsystemEvent.Restarting restarting) {
            restarting(track, restarting);
        } else if (event instanceof SubsystemEvent.GaveUp gaveUp) {
            faults.require(track.lastFailure != null && track.lastFailure.failure() == gaveUp.failure(),
                    "%s is not for %s", event, track.lastFailure);
            move(track, event, FAILED);
            nothingAbove(track, event);
        } else if (event instanceof SubsystemEvent.Stopping) {
            move(track, event, STOPPING);
            nothingAbove(track, event);
        } else if (event instanceof SubsystemEvent.Stopped stopped) {
            boolean ran = track.state == STOPPING;
            if (ran) {
                took(track, event, stopped.took());
            }
            move(track, event, STOPPED);
            nothingAbove(track, event);
        } else if (event instanceof SubsystemEvent.StopTimedOut late) {
            late(track, late);
        } else if (event instanceof SubsystemEvent.OutageBegan) {
            faults.require(track.outage == null && track.state.isActive(), "%s since %s", event, track.outage);
            track.outage = event.at();
        } else if (event instanceof SubsystemEvent.OutageEnded ended) {
            faults.require(track.outage != null
                    && (!exact || Duration.between(track.outage, event.at()).equals(ended.took()))
                    && track.state == (ended.recovered() ? RUNNING : track.state == FAILED ? FAILED : STOPPED),
                    "%s while %s, since %s", event, track.state, track.outage);
            track.outage = null;
        }
    }

    private void waiting(Track track, SubsystemEvent.Waiting event) {
        if (track.state == RESTARTING && !commanded.contains(track.plan.name())) {
            faults.require(!event.at().isBefore(track.since.plus(track.delay)), "%s comes before %s after %s", event,
                    track.delay, track.since);
        }
        move(track, event, WAITING);
        List<String> expected = track.plan.dependsOn().stream().filter(name -> track(name).state != RUNNING).toList();
        faults.require(event.waitingFor().equals(expected), "%s should wait for %s", event, expected);
    }

    private void starting(Track track, SubsystemEvent event) {
        move(track, event, STARTING);
        track.generation++;
        track.failed = false;
        track.ran = false;
        track.timedOut = 0;
        track.abandoned = false;
        for (String name : track.plan.dependsOn()) {
            faults.require(track(name).state == RUNNING, "%s on %s, which is %s", event, name, track(name).state);
        }
    }

    private void failed(Track track, SubsystemEvent.Failed event) {
        track.failures++;
        track.lastFailure = event;
        if (track.state == STOPPING) {
            faults.require(event.failure().phase() != SubsystemEvent.Phase.START || !track.ran, "%s after its start", event);
            track.failed |= event.failure().phase() == SubsystemEvent.Phase.STOP;
            return;
        }
        track.failed = true;
        faults.require(
                event.failure().phase() == (track.state == STARTING ? SubsystemEvent.Phase.START : SubsystemEvent.Phase.RUN),
                "%s while %s", event, track.state);
        move(track, event, STOPPING);
    }

    private void restarting(Track track, SubsystemEvent.Restarting event) {
        move(track, event, RESTARTING);
        nothingAbove(track, event);
        RestartSettings rules = track.plan.restart();
        faults.require(rules.policy() == RestartPolicy.ALWAYS || rules.policy() == RestartPolicy.ON_FAILURE && track.failed,
                "%s against its policy", event);
        faults.require(event.attempt() == 1 || event.attempt() == track.attempt + 1, "%s after attempt %d", event,
                track.attempt);
        double draw = draws.get(restarts++);
        double delay = Math.min(rules.initialDelay().toNanos() * Math.pow(rules.multiplier(), event.attempt() - 1),
                rules.maxDelay().toNanos()) * (1 - rules.jitter() * draw);
        faults.require(Math.abs(event.delay().toNanos() - delay) < 1_000, "%s should wait %s ns", event, delay);
        track.restarts++;
        track.attempt = event.attempt();
        track.delay = event.delay();
        boolean outage = track.lastFailure != null && track.lastFailure.outage()
                && track.lastFailure.generation() == track.generation;
        track.uncharged = (event.attempt() == 1 ? 0 : track.uncharged) + (outage ? 1 : 0);
        if (outage) {
            faults.require(track.outage != null, "%s without an outage", event);
            return;
        }
        track.restartedAt.add(event.at());
        if (rules.maxRestarts() != RestartSettings.UNLIMITED && !commanded.contains(track.plan.name())) {
            long recent = track.restartedAt.stream().filter(at -> at.plus(rules.window()).isAfter(event.at())).count();
            faults.require(recent <= rules.maxRestarts(), "%s is the %dth in its window", event, recent);
            faults.require(event.attempt() - track.uncharged <= rules.maxRestarts(), "%s is the %dth in a row", event,
                    event.attempt() - track.uncharged);
        }
    }

    private void late(Track track, SubsystemEvent.StopTimedOut event) {
        faults.require(track.state == STOPPING && !track.abandoned && (event.abandoned() || track.timedOut == 0),
                "%s while %s, after %d others", event, track.state, track.timedOut);
        took(track, event, event.took());
        track.timedOut++;
        track.abandoned = event.abandoned();
        if (event.abandoned()) {
            witness.abandoned(event.subsystem(), event.generation());
            owed.add("Failed " + event.subsystem());
            owed.add("GaveUp " + event.subsystem());
        }
    }

    private void took(Track track, SubsystemEvent event, Duration took) {
        faults.require(!exact || Duration.between(track.since, event.at()).equals(took), "%s began at %s", event, track.since);
    }

    /** Whatever depends on it, and is to be stopped with it, has ended. */
    private void nothingAbove(Track track, SubsystemEvent event) {
        if (track.plan.settings().stopsDependents()) {
            for (Track other : tracks.values()) {
                faults.require(!other.state.isActive() || !other.plan.dependsOn().contains(event.subsystem()),
                        "%s, but %s above it is %s", event, other.plan.name(), other.state);
            }
        }
    }

    private void move(Track track, SubsystemEvent event, SubsystemState next) {
        faults.require(DRAWING.get(track.state).contains(next), "%s leads from %s to %s", event, track.state, next);
        track.state = next;
        track.since = event.at();
    }

    /** Compares with what the daemon says of itself while nothing happens. */
    synchronized void compare(List<SubsystemInfo> infos) {
        for (SubsystemInfo info : infos) {
            Track track = track(info.name());
            faults.require(info.state() == track.state && info.generation() == track.generation
                    && info.restarts() == track.restarts && info.failures() == track.failures,
                    "%s, but its events say %s, run %d, %d restarts, %d failures", info, track.state, track.generation,
                    track.restarts, track.failures);
        }
    }
}

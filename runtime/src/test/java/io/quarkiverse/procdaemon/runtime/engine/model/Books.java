package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/** What the {@link Model} knows: all subsystems, how far start and stop of the daemon are, and what time it is. */
abstract class Books {

    final Map<String, Sub> subs = new LinkedHashMap<>();
    final List<Promise> promises = new ArrayList<>();
    final ShutdownTimeouts timeouts;
    /** The critical subsystems that the start of the daemon waits for. */
    final Set<Sub> neverUp = new HashSet<>();
    long now;
    boolean startBegun;
    boolean stopBegun;
    /** Whether every critical subsystem has been RUNNING. */
    boolean started;
    boolean draining;
    Promise.Fate start = Promise.Fate.OPEN;
    OptionalInt exitCode = OptionalInt.empty();
    /** With what exit code the process was asked to end; -1 if it was not. */
    int asked = -1;
    /** When the shutdown got its cause. */
    long causeAt = Sub.NEVER;
    /** When the subsystems stop although nobody has come to stop them. */
    long ownDue = Sub.NEVER;
    /** When it is said what holds the shutdown up. */
    long halfDue = Sub.NEVER;
    long lateDue = Sub.NEVER;
    long gracefulDue = Sub.NEVER;
    long forceDue = Sub.NEVER;
    long killDue = Sub.NEVER;
    private List<String> events = new ArrayList<>();

    Books(ShutdownTimeouts timeouts) {
        this.timeouts = timeouts;
    }

    long nextDue() {
        long next = LongStream.of(ownDue, halfDue, lateDue, gracefulDue, forceDue, killDue).min().getAsLong();
        for (Sub sub : subs.values()) {
            next = Math.min(next, sub.nextDue());
        }
        return next;
    }

    /** How many timers wait for moments of the shutdown: one for the next, if there is any. */
    int timers() {
        return (int) LongStream.of(ownDue, halfDue, lateDue, gracefulDue, forceDue, killDue).filter(due -> due < Sub.NEVER)
                .count();
    }

    /** The events since this was asked last. */
    List<String> takeEvents() {
        List<String> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    DaemonState state() {
        if (stopBegun) {
            return isAnyActive() ? DaemonState.STOPPING : DaemonState.STOPPED;
        } else if (!started) {
            return DaemonState.STARTING;
        }
        return draining || causeAt < Sub.NEVER ? DaemonState.DRAINING : DaemonState.RUNNING;
    }

    /** How many pieces of work a drain waits for, not those of abandoned runs. */
    int inFlight() {
        return subs.values().stream().filter(Sub::isActive).mapToInt(sub -> sub.work).sum();
    }

    boolean isAnyActive() {
        return subs.values().stream().anyMatch(Sub::isActive);
    }

    /** What became of the start: KEPT or BROKEN. */
    Promise.Fate start() {
        return start;
    }

    OptionalInt exitCode() {
        return exitCode;
    }

    Sub first(Predicate<Sub> condition) {
        for (Sub sub : subs.values()) {
            if (condition.test(sub)) {
                return sub;
            }
        }
        return null;
    }

    /** What it waits for, directly or not, looking no further than at those that are fine. */
    static Set<Sub> waitsFor(Sub top, Predicate<Sub> fine) {
        Set<Sub> found = new HashSet<>();
        ArrayDeque<Sub> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            for (Sub dependency : open.remove().dependencies) {
                if (!fine.test(dependency) && found.add(dependency)) {
                    open.add(dependency);
                }
            }
        }
        return found;
    }

    Sub anyTold() {
        return subs.values().stream().filter(sub -> sub.told).findAny().orElse(null);
    }

    static void fulfil(Collection<Promise> promises, Promise.Fate fate) {
        promises.forEach(promise -> promise.fate = fate);
        promises.clear();
    }

    void to(Sub sub, SubsystemState state) {
        sub.state = state;
        sub.since = now;
    }

    void say(String what, Sub sub) {
        events.add(what + " " + sub.name() + "#" + sub.generation);
    }
}

package io.quarkiverse.procdaemon.runtime.engine.model;

import java.time.Duration;
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

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.sequence.ShutdownTimeouts;

/**
 * The contract as a plain program: told one thing after the other that happens to the daemon, it says what every subsystem must
 * look like then. It knows no threads, no mailbox and no counts; it looks at all subsystems again and again until nothing is
 * left to do.
 */
final class Model {

    final Map<String, Sub> subs = new LinkedHashMap<>();
    final List<Promise> promises = new ArrayList<>();
    private final ShutdownTimeouts timeouts;
    private final Delays delays;
    private final Set<Sub> neverUp = new HashSet<>();
    private List<String> events = new ArrayList<>();
    private OptionalInt exitCode = OptionalInt.empty();
    private boolean exitAsked;
    private boolean startBegun;
    private boolean stopBegun;
    private boolean started;
    private Promise.Fate start = Promise.Fate.OPEN;
    private long now;
    private long gracefulDue = Sub.NEVER;
    private long forceDue = Sub.NEVER;
    private long killDue = Sub.NEVER;
    private int concluded;
    private boolean ambiguous;

    /** Where the model looks up what chance has decided. */
    interface Delays {
        Duration of(String name, int attempt);
    }

    Model(List<Plan> plans, ShutdownTimeouts timeouts, Delays delays) {
        this.timeouts = timeouts;
        this.delays = delays;
        plans.forEach(this::add);
    }

    private Sub add(Plan plan) {
        Sub sub = new Sub(plan, plan.dependsOn().stream().map(subs::get).toList());
        sub.since = now;
        sub.dependencies.forEach(dependency -> dependency.dependents.add(sub));
        subs.put(plan.name(), sub);
        return sub;
    }

    // What happens to the daemon.

    void startAll() {
        if (stopBegun) {
            return;
        }
        startBegun = true;
        List.copyOf(subs.values()).forEach(this::want);
        subs.values().stream().filter(sub -> sub.plan.settings().critical() && sub.state != SubsystemState.RUNNING).forEach(neverUp::add);
        subs.values().stream().filter(sub -> sub.haunted).findFirst().ifPresent(this::breakStart);
        succeedIfAllUp();
        settle();
    }

    void stopAll() {
        beginStop();
        settle();
    }

    void shutdown(int code) {
        exit(code);
        settle();
    }

    void start(Sub sub, Promise promise) {
        sub.starts.add(promise);
        if (sub.isUp()) {
            fulfil(sub.starts, Promise.Fate.KEPT);
        } else {
            bringUp(sub);
        }
        settle();
    }

    void restart(Sub sub, Promise promise) {
        sub.starts.add(promise);
        if (sub.isActive()) {
            replace(sub);
        }
        bringUp(sub);
        settle();
    }

    void stop(Sub sub, Promise promise) {
        sub.stops.add(promise);
        bringDown(sub);
        if (!sub.isActive()) {
            fulfil(sub.stops, Promise.Fate.KEPT);
        }
        settle();
    }

    void unregister(Sub sub, Promise promise) {
        if (!sub.dependents.isEmpty()) {
            promise.fate = Promise.Fate.BROKEN;
            return;
        }
        sub.leaves.add(promise);
        sub.leaving = true;
        bringDown(sub);
        if (sub.leaving && !sub.isActive()) {
            leave(sub);
        }
        settle();
    }

    /** Whether a registration is accepted. */
    boolean accepts(Plan plan) {
        return !stopBegun && !subs.containsKey(plan.name())
                && plan.dependsOn().stream().allMatch(name -> subs.containsKey(name) && !subs.get(name).leaving);
    }

    void register(Plan plan, Promise promise) {
        Sub sub = add(plan);
        sub.starts.add(promise);
        if (startBegun) {
            if (plan.settings().critical() && start == Promise.Fate.OPEN) {
                neverUp.add(sub);
            }
            want(sub);
        }
        settle();
    }

    void heartbeat(Sub sub) {
        if (sub.hungFrom != Sub.NEVER) {
            silentSince(sub, now);
        }
    }

    /** A piece of code has ended. */
    void ended(String name, long generation, Phase phase, boolean threw) {
        Sub sub = subs.get(name);
        if (sub.haunted) {
            sub.haunted = false;
            sub.inside = null;
            return;
        }
        if (sub.generation != generation || sub.inside != phase) {
            throw new AssertionError(phase + " of run " + generation + " has ended, but there is " + sub);
        }
        sub.inside = null;
        switch (sub.state) {
            case STARTING -> {
                sub.startDue = Sub.NEVER;
                if (threw) {
                    fail(sub, Phase.START);
                } else {
                    running(sub);
                }
            }
            case RUNNING -> bodyEnded(sub, threw);
            default -> {
                if (phase == Phase.STOP && threw) {
                    sub.failures++;
                    sub.failedIn = Phase.STOP;
                    say("Failed", sub);
                }
                if (sub.told) {
                    cleanUp(sub);
                }
            }
        }
        settle();
    }

    /** Its silence was noticed. */
    void hung(Sub sub) {
        if (now < sub.hungFrom || now > sub.hungBy) {
            throw new AssertionError(sub + " counts as hung at " + now + ", not from " + sub.hungFrom + " to " + sub.hungBy);
        }
        fail(sub, Phase.RUN);
        settle();
    }

    /** What falls due at that time, one thing after the other. */
    void moveTo(long time) {
        now = time;
        for (Sub sub : List.copyOf(subs.values())) {
            if (sub.startDue <= now) {
                sub.startDue = Sub.NEVER;
                fail(sub, Phase.START);
            } else if (sub.forceDue <= now) {
                sub.forceDue = Sub.NEVER;
                force(sub);
            } else if (sub.abandonDue <= now) {
                abandon(sub);
            } else if (sub.resumeDue <= now) {
                sub.resumeDue = Sub.NEVER;
                await(sub);
            } else {
                continue;
            }
            settle();
        }
        if (gracefulDue <= now) {
            gracefulDue = Sub.NEVER;
            subs.values().forEach(this::force);
        }
        if (forceDue <= now) {
            forceDue = Sub.NEVER;
            List.copyOf(subs.values()).forEach(this::abandon);
            settle();
        }
        if (killDue <= now) {
            killDue = Sub.NEVER;
            for (Sub sub; (sub = anyTold()) != null;) {
                abandon(sub);
                settle();
            }
        }
        for (Sub sub : subs.values()) {
            if (now > sub.hungBy) {
                throw new AssertionError(sub + " should count as hung by " + sub.hungBy + ", and it is " + now);
            }
        }
    }

    private Sub anyTold() {
        return subs.values().stream().filter(sub -> sub.told).findAny().orElse(null);
    }

    long nextDue() {
        long next = Math.min(gracefulDue, Math.min(forceDue, killDue));
        for (Sub sub : subs.values()) {
            next = Math.min(next, sub.nextDue());
        }
        return next;
    }

    /** How many moments of the shutdown are to come. */
    int timers() {
        return (gracefulDue < Sub.NEVER ? 1 : 0) + (forceDue < Sub.NEVER ? 1 : 0) + (killDue < Sub.NEVER ? 1 : 0);
    }

    // What follows from it.

    private void settle() {
        while (true) {
            Sub next;
            if ((next = first(sub -> sub.ending && !sub.told
                    && (sub.alone || sub.dependents.stream().noneMatch(Sub::isActive)))) != null) {
                tell(next);
            } else if ((next = first(sub -> sub.state == SubsystemState.WAITING
                    && sub.dependencies.stream().allMatch(Sub::isUp))) != null) {
                begin(next);
            } else if (exitAsked) {
                exitAsked = false;
                if (!started) {
                    beginStop();
                }
            } else {
                break;
            }
        }
        concluded = 0;
        if (stopBegun && !isAnyActive()) {
            gracefulDue = Sub.NEVER;
            forceDue = Sub.NEVER;
            killDue = Sub.NEVER;
        }
        breakHopeless();
    }

    private Sub first(Predicate<Sub> condition) {
        for (Sub sub : subs.values()) {
            if (condition.test(sub)) {
                return sub;
            }
        }
        return null;
    }

    /** A start that cannot be is broken: at the latest when what is in its way has ended. */
    private void breakHopeless() {
        if (stopBegun) {
            return;
        }
        for (Sub sub : subs.values()) {
            sub.starts.forEach(promise -> promise.mayBreak = false);
            if (sub.state == SubsystemState.WAITING && !sub.starts.isEmpty()) {
                if (waitsFor(sub, Sub::isActive).stream().anyMatch(other -> !other.wanted)) {
                    fulfil(sub.starts, Promise.Fate.BROKEN);
                }
                boolean mayBreak = waitsFor(sub, Sub::isStaying).stream().anyMatch(other -> !other.wanted);
                sub.starts.forEach(promise -> promise.mayBreak = mayBreak);
            }
        }
    }

    /** What it waits for, directly or not, looking no further than at those that are fine. */
    private static Set<Sub> waitsFor(Sub top, Predicate<Sub> fine) {
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

    private void want(Sub sub) {
        if (sub.leaving || sub.haunted) {
            return;
        }
        sub.wanted = true;
        if (!sub.isActive() && sub.state != SubsystemState.WAITING) {
            sub.resumeDue = Sub.NEVER;
            await(sub);
        }
    }

    private void bringUp(Sub sub) {
        if (stopBegun || sub.leaving || sub.haunted) {
            fulfil(sub.starts, Promise.Fate.BROKEN);
            return;
        }
        sub.resumeDue = Sub.NEVER;
        sub.attempt = 0;
        sub.restartTimes.clear();
        want(sub);
    }

    private void await(Sub sub) {
        to(sub, SubsystemState.WAITING);
        say("Waiting", sub);
        waitsFor(sub, Sub::isStaying).stream().filter(other -> !other.wanted && !other.isActive()).findFirst().ifPresent(this::breakStart);
    }

    private void begin(Sub sub) {
        to(sub, SubsystemState.STARTING);
        sub.generation++;
        say("Starting", sub);
        if (sub.plan.has(Phase.START)) {
            sub.startDue = now + sub.plan.settings().startTimeout().toNanos();
            enter(sub, Phase.START);
        } else {
            running(sub);
        }
    }

    private void enter(Sub sub, Phase phase) {
        sub.inside = phase;
        sub.interrupted = false;
    }

    private void running(Sub sub) {
        to(sub, SubsystemState.RUNNING);
        say("Started", sub);
        sub.startedAt = now;
        if (sub.plan.has(Phase.RUN)) {
            enter(sub, Phase.RUN);
        }
        silentSince(sub, now);
        fulfil(sub.starts, Promise.Fate.KEPT);
        if (neverUp.remove(sub)) {
            succeedIfAllUp();
        }
    }

    private void silentSince(Sub sub, long time) {
        Duration timeout = sub.plan.settings().heartbeatTimeout();
        if (timeout != null) {
            sub.hungFrom = time + timeout.toNanos();
            sub.hungBy = sub.hungFrom + timeout.toNanos() / 8 + 10;
        }
    }

    private void succeedIfAllUp() {
        if (neverUp.isEmpty() && start == Promise.Fate.OPEN && !stopBegun) {
            started = true;
            start = Promise.Fate.KEPT;
        }
    }

    private void bodyEnded(Sub sub, boolean threw) {
        if (threw) {
            fail(sub, Phase.RUN);
            return;
        }
        sub.hungFrom = Sub.NEVER;
        sub.hungBy = Sub.NEVER;
        if (!sub.ending) {
            leaveRunning(sub);
            if (sub.plan.restart().policy() == RestartPolicy.ALWAYS) {
                sub.returned = true;
                replace(sub);
            } else {
                bringDown(sub);
            }
        }
    }

    private void fail(Sub sub, Phase phase) {
        leaveRunning(sub);
        to(sub, SubsystemState.STOPPING);
        sub.failures++;
        sub.failedIn = phase;
        sub.hungFrom = Sub.NEVER;
        sub.hungBy = Sub.NEVER;
        say("Failed", sub);
        replace(sub);
    }

    private void leaveRunning(Sub sub) {
        if (sub.startedAt >= 0) {
            sub.uptime = now - sub.startedAt;
            sub.startedAt = -1;
        }
    }

    private void replace(Sub sub) {
        if (!sub.ending) {
            sub.ending = true;
            sub.alone = !sub.plan.settings().stopsDependents();
            if (!sub.alone) {
                endAbove(sub);
            }
        }
    }

    private void bringDown(Sub sub) {
        sub.wanted = false;
        sub.ending |= sub.isActive();
        endAbove(sub);
        if (!sub.isActive()) {
            idle(sub);
        }
    }

    private void endAbove(Sub sub) {
        for (Sub dependent : sub.dependents) {
            if (dependent.isActive() && !dependent.ending) {
                replace(dependent);
            }
        }
    }

    private void idle(Sub sub) {
        sub.resumeDue = Sub.NEVER;
        if (sub.state != SubsystemState.STOPPED && sub.state != SubsystemState.FAILED) {
            to(sub, SubsystemState.STOPPED);
            say("Stopped", sub);
            rest(sub);
        }
    }

    private void tell(Sub sub) {
        sub.told = true;
        leaveRunning(sub);
        sub.startDue = Sub.NEVER;
        sub.hungFrom = Sub.NEVER;
        sub.hungBy = Sub.NEVER;
        if (sub.state != SubsystemState.STOPPING) {
            to(sub, SubsystemState.STOPPING);
            say("Stopping", sub);
        }
        sub.interrupted |= sub.inside == Phase.START;
        long own = now + sub.plan.settings().stopTimeout().toNanos();
        if (!stopBegun || own < gracefulEnd()) {
            sub.forceDue = own;
        } else if (now >= gracefulEnd()) {
            if (sub.inside != null) {
                force(sub);
            } else {
                sub.forced = true;
            }
        }
        cleanUp(sub);
    }

    private long gracefulEnd() {
        return gracefulDue == Sub.NEVER ? now : gracefulDue;
    }

    private void cleanUp(Sub sub) {
        if (sub.inside != null) {
            return;
        }
        if (sub.plan.has(Phase.STOP) && !sub.cleanedUp) {
            sub.cleanedUp = true;
            enter(sub, Phase.STOP);
        } else {
            over(sub);
        }
    }

    private void force(Sub sub) {
        if (sub.told && !sub.forced) {
            sub.forced = true;
            sub.interrupted = true;
            say("StopTimedOut", sub);
            if (!stopBegun) {
                sub.abandonDue = now + timeouts.force().minus(timeouts.graceful()).toNanos();
            }
        }
    }

    private void abandon(Sub sub) {
        if (!sub.told) {
            return;
        }
        sub.wanted = false;
        sub.haunted = true;
        sub.interrupted = true;
        sub.failures++;
        sub.failedIn = Phase.STOP;
        to(sub, SubsystemState.FAILED);
        say("StopTimedOut", sub);
        say("Failed", sub);
        say("GaveUp", sub);
        down(sub);
        gaveUp(sub);
    }

    /** A run has ended and is cleaned up. */
    private void over(Sub sub) {
        boolean byItself = (sub.failedIn != null || sub.returned) && sub.wanted;
        boolean again = byItself && mayRestart(sub);
        if (again) {
            restarting(sub);
        } else if (byItself || sub.failedIn == Phase.STOP) {
            if (sub.failedIn == null) {
                sub.failures++;
                say("Failed", sub);
            }
            sub.wanted = false;
            to(sub, SubsystemState.FAILED);
            say("GaveUp", sub);
        } else {
            to(sub, SubsystemState.STOPPED);
            say("Stopped", sub);
        }
        concluded += byItself ? 1 : 0;
        down(sub);
        if (byItself && !again) {
            gaveUp(sub);
        }
    }

    private boolean mayRestart(Sub sub) {
        RestartSettings rules = sub.plan.restart();
        long recent = sub.restartTimes.stream().filter(time -> now - time < rules.window().toNanos()).count();
        return rules.policy() != RestartPolicy.NEVER
                && (rules.maxRestarts() == RestartSettings.UNLIMITED || recent < rules.maxRestarts());
    }

    private void restarting(Sub sub) {
        sub.restarts++;
        sub.restartTimes.add(now);
        sub.attempt = sub.uptime >= sub.plan.restart().stableAfter().toNanos() ? 1 : sub.attempt + 1;
        to(sub, SubsystemState.RESTARTING);
        say("Restarting", sub);
        sub.resumeDue = now + delays.of(sub.name(), sub.attempt).toNanos();
    }

    private void down(Sub sub) {
        boolean uncleanly = sub.failedIn == Phase.STOP;
        sub.forgetRun();
        fulfil(sub.stops, uncleanly ? Promise.Fate.BROKEN : Promise.Fate.KEPT);
        if (sub.state == SubsystemState.RESTARTING) {
            if (sub.resumeDue <= now) {
                sub.resumeDue = Sub.NEVER;
                await(sub);
            }
        } else if (sub.wanted) {
            await(sub);
        } else {
            rest(sub);
        }
    }

    /** It is STOPPED or FAILED and stays so. */
    private void rest(Sub sub) {
        if (sub.leaving) {
            leave(sub);
        }
        fulfil(sub.stops, Promise.Fate.KEPT);
        fulfil(sub.starts, Promise.Fate.BROKEN);
        breakStart(sub);
    }

    /** The daemon does not start if a critical subsystem needs this one, which is down for good. */
    private void breakStart(Sub sub) {
        if (!started && !stopBegun && neverUp.stream()
                .anyMatch(top -> top == sub || !top.isStaying() && waitsFor(top, Sub::isStaying).contains(sub))) {
            start = Promise.Fate.BROKEN;
            beginStop();
        }
    }

    private void leave(Sub sub) {
        sub.leaving = false;
        fulfil(sub.leaves, sub.haunted ? Promise.Fate.BROKEN : Promise.Fate.KEPT);
        if (!sub.haunted) {
            subs.remove(sub.name());
            sub.dependencies.forEach(dependency -> dependency.dependents.remove(sub));
        }
    }

    private void gaveUp(Sub sub) {
        if (!stopBegun && sub.plan.restart().shutdownWhenExhausted()) {
            exit(1);
        }
    }

    private void exit(int code) {
        if (exitCode.isEmpty()) {
            exitCode = OptionalInt.of(code);
            exitAsked = true;
        }
    }

    private void beginStop() {
        if (stopBegun) {
            return;
        }
        // Of several that end at once one may end all: which of them was first is nobody's business.
        ambiguous |= concluded > 0;
        stopBegun = true;
        start = start == Promise.Fate.OPEN ? Promise.Fate.BROKEN : start;
        gracefulDue = now + timeouts.graceful().toNanos();
        forceDue = now + timeouts.force().toNanos();
        killDue = now + timeouts.kill().toNanos();
        for (Sub sub : List.copyOf(subs.values())) {
            sub.wanted = false;
            if (sub.isActive()) {
                sub.ending = true;
            } else {
                idle(sub);
            }
        }
    }

    private static void fulfil(Collection<Promise> promises, Promise.Fate fate) {
        promises.forEach(promise -> promise.fate = fate);
        promises.clear();
    }

    private void to(Sub sub, SubsystemState state) {
        sub.state = state;
        sub.since = now;
    }

    private void say(String what, Sub sub) {
        events.add(what + " " + sub.name() + "#" + sub.generation);
    }

    // What it says.

    /** The events since this was asked last. */
    List<String> takeEvents() {
        List<String> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    DaemonState state() {
        return !stopBegun ? started ? DaemonState.RUNNING : DaemonState.STARTING
                : isAnyActive() ? DaemonState.STOPPING : DaemonState.STOPPED;
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

    boolean isAmbiguous() {
        return ambiguous;
    }
}

package io.quarkiverse.procdaemon.runtime.engine.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/** What follows from what, as the contract has it: when subsystems start, end, come back and give up. */
abstract class Rules extends Books {

    /** RUNNING for so long shows that an outage is over. */
    private static final long MOMENT = 1_000_000_000;

    private final Delays delays;
    private final boolean retriesStart;
    private boolean exitAsked;
    private int concluded;
    private boolean ambiguous;

    /** Where the length of a back-off is looked up: chance has a part in it. */
    interface Delays {
        Duration of(String name, int attempt);
    }

    Rules(ShutdownTimeouts timeouts, boolean retriesStart, Delays delays) {
        super(timeouts);
        this.retriesStart = retriesStart;
        this.delays = delays;
    }

    void settle() {
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
            halfDue = Sub.NEVER;
            lateDue = Sub.NEVER;
        }
        breakHopeless();
    }

    /** A start that cannot be is broken: at the latest when what is in its way has ended. */
    private void breakHopeless() {
        if (stopBegun) {
            return;
        }
        for (Sub sub : subs.values()) {
            sub.starts.forEach(promise -> promise.mayBreak = false);
            if (sub.state == SubsystemState.WAITING && !sub.starts.isEmpty()) {
                if (waitsFor(sub, Sub::isOnItsWay).stream().anyMatch(other -> !other.wanted)) {
                    fulfil(sub.starts, Promise.Fate.BROKEN);
                }
                boolean mayBreak = waitsFor(sub, Sub::isStaying).stream().anyMatch(other -> !other.wanted);
                sub.starts.forEach(promise -> promise.mayBreak = mayBreak);
            }
        }
    }

    void want(Sub sub) {
        if (sub.leaving || sub.haunted) {
            return;
        }
        sub.wanted = true;
        if (!sub.isActive() && sub.state != SubsystemState.WAITING) {
            sub.resumeDue = Sub.NEVER;
            await(sub);
        }
    }

    void bringUp(Sub sub) {
        if (stopBegun || sub.leaving || sub.haunted) {
            fulfil(sub.starts, Promise.Fate.BROKEN);
            return;
        }
        sub.resumeDue = Sub.NEVER;
        sub.inARow = 0;
        sub.uncharged = 0;
        sub.longest = 0;
        sub.restartTimes.clear();
        sub.again = sub.ending;
        want(sub);
    }

    void await(Sub sub) {
        to(sub, SubsystemState.WAITING);
        say("Waiting", sub);
        waitsFor(sub, Sub::isStaying).stream().filter(other -> !other.wanted && !other.isActive()).findFirst()
                .ifPresent(this::breakStart);
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

    void running(Sub sub) {
        to(sub, SubsystemState.RUNNING);
        say("Started", sub);
        sub.startedAt = now;
        if (sub.inOutage) {
            sub.proofDue = now + Math.min(sub.plan.restart().stableAfter().toNanos(), Math.max(MOMENT, 2 * sub.longest));
        }
        if (sub.plan.has(Phase.RUN)) {
            enter(sub, Phase.RUN);
        }
        silentSince(sub, now);
        fulfil(sub.starts, Promise.Fate.KEPT);
        if (neverUp.remove(sub)) {
            succeedIfAllUp();
        }
    }

    void silentSince(Sub sub, long time) {
        Duration timeout = sub.plan.settings().heartbeatTimeout();
        if (timeout != null) {
            sub.hungFrom = time + timeout.toNanos();
            sub.hungBy = sub.hungFrom + timeout.toNanos() / 8 + 10;
        }
    }

    void succeedIfAllUp() {
        if (neverUp.isEmpty() && start == Promise.Fate.OPEN && !stopBegun) {
            started = true;
            start = Promise.Fate.KEPT;
        }
    }

    void bodyEnded(Sub sub, boolean threw, boolean outage) {
        if (threw) {
            fail(sub, Phase.RUN, outage);
            return;
        }
        if (sub.forked > 0) {
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

    void fail(Sub sub, Phase phase, boolean outage) {
        long ran = leaveRunning(sub);
        sub.proofDue = Sub.NEVER;
        sub.isOutage = outage && (sub.wasStable || sub.plan.restart().outages().waitsAtStart());
        if (sub.isOutage) {
            sub.longest = Math.max(sub.longest, ran);
            if (!sub.inOutage) {
                sub.inOutage = true;
                say("OutageBegan", sub);
            }
        }
        to(sub, SubsystemState.STOPPING);
        sub.failures++;
        sub.failedIn = phase;
        sub.startFailed = phase == Phase.START;
        sub.hungFrom = Sub.NEVER;
        sub.hungBy = Sub.NEVER;
        say("Failed", sub);
        replace(sub);
    }

    /** Returns how long it was RUNNING, if that was not stable. */
    private long leaveRunning(Sub sub) {
        if (sub.startedAt < 0) {
            return 0;
        }
        long ran = now - sub.startedAt;
        sub.startedAt = -1;
        if (ran < sub.plan.restart().stableAfter().toNanos()) {
            return ran;
        }
        sub.inARow = 0;
        sub.uncharged = 0;
        sub.longest = 0;
        sub.wasStable = true;
        return 0;
    }

    void recovered(Sub sub) {
        if (sub.inOutage) {
            sub.inOutage = false;
            say("OutageEnded", sub);
        }
    }

    /** Those that read one of the keys at their start, and what ends for that. */
    Set<String> restartFor(Set<String> keys) {
        if (causeAt < Sub.NEVER || stopBegun) {
            return Set.of();
        }
        List<Sub> staying = subs.values().stream().filter(Sub::isStaying).toList();
        Set<Sub> restarted = new HashSet<>();
        for (Sub sub : subs.values()) {
            boolean mayRun = sub.wanted && sub.state != SubsystemState.WAITING || sub.state == SubsystemState.FAILED;
            if (mayRun && !sub.leaving && !sub.haunted && sub.plan.restartOn().stream().anyMatch(keys::contains)) {
                if (sub.isActive()) {
                    replace(sub);
                }
                bringUp(sub);
                restarted.add(sub);
            }
        }
        staying.stream().filter(sub -> !sub.isStaying()).forEach(restarted::add);
        settle();
        return restarted.stream().map(Sub::name).collect(Collectors.toSet());
    }

    void replace(Sub sub) {
        if (!sub.ending) {
            sub.ending = true;
            sub.alone = !sub.plan.settings().stopsDependents();
            if (!sub.alone) {
                endAbove(sub);
            }
        }
    }

    void bringDown(Sub sub) {
        sub.again = false;
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
        sub.proofDue = Sub.NEVER;
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
            if (sub.isBusy()) {
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

    void cleanUp(Sub sub) {
        if (sub.isBusy()) {
            return;
        }
        sub.closed = true;
        if (sub.plan.has(Phase.STOP) && !sub.cleanedUp) {
            sub.cleanedUp = true;
            enter(sub, Phase.STOP);
        } else {
            over(sub);
        }
    }

    void force(Sub sub) {
        if (sub.told && !sub.forced) {
            sub.forced = true;
            sub.interrupted = true;
            say("StopTimedOut", sub);
            if (!stopBegun) {
                sub.abandonDue = now + timeouts.force().minus(timeouts.graceful()).toNanos();
            }
        }
    }

    void abandon(Sub sub) {
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
        boolean byItself = (sub.failedIn != null || sub.returned) && sub.wanted
                && (!sub.again || sub.failedIn == Phase.STOP);
        boolean restarts = byItself && mayRestart(sub);
        if (restarts) {
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
        concluded++;
        down(sub);
        if (byItself && !restarts) {
            gaveUp(sub);
        }
    }

    private boolean mayRestart(Sub sub) {
        return sub.plan.restart().policy() != RestartPolicy.NEVER
                && (sub.isOutage || remaining(sub, sub.inARow).orElse(1) > 0)
                && (retriesStart || !sub.startFailed || !holdsUpStart(sub));
    }

    /** What may be said to be left of its budget. */
    OptionalInt restartsLeft(Sub sub) {
        boolean stable = sub.state == SubsystemState.RUNNING
                && now - sub.since >= sub.plan.restart().stableAfter().toNanos();
        OptionalInt left = remaining(sub, stable ? 0 : sub.inARow);
        return left.isPresent() && sub.state == SubsystemState.FAILED ? OptionalInt.of(0) : left;
    }

    private OptionalInt remaining(Sub sub, int inARow) {
        RestartSettings rules = sub.plan.restart();
        long recent = sub.restartTimes.stream().filter(time -> now - time < rules.window().toNanos()).count();
        return rules.maxRestarts() == RestartSettings.UNLIMITED ? OptionalInt.empty()
                : OptionalInt.of(rules.maxRestarts() - Math.max(inARow, (int) recent));
    }

    private void restarting(Sub sub) {
        sub.restarts++;
        if (sub.isOutage) {
            sub.uncharged++;
        } else {
            sub.restartTimes.add(now);
            sub.inARow++;
        }
        to(sub, SubsystemState.RESTARTING);
        say("Restarting", sub);
        sub.resumeDue = now + delays.of(sub.name(), sub.inARow + sub.uncharged).toNanos();
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
        recovered(sub);
        if (sub.leaving) {
            leave(sub);
        }
        fulfil(sub.stops, Promise.Fate.KEPT);
        fulfil(sub.starts, Promise.Fate.BROKEN);
        breakStart(sub);
    }

    /** The daemon does not start if a critical subsystem needs this one, which is down for good. */
    void breakStart(Sub sub) {
        if (holdsUpStart(sub)) {
            start = Promise.Fate.BROKEN;
            cause(OptionalInt.of(1));
            beginStop();
        }
    }

    private boolean holdsUpStart(Sub sub) {
        return !started && !stopBegun && neverUp.stream()
                .anyMatch(top -> top == sub || !top.isStaying() && waitsFor(top, Sub::isStaying).contains(sub));
    }

    void leave(Sub sub) {
        sub.leaving = false;
        fulfil(sub.leaves, sub.haunted ? Promise.Fate.BROKEN : Promise.Fate.KEPT);
        if (!sub.haunted) {
            subs.remove(sub.name());
            if (neverUp.remove(sub)) {
                succeedIfAllUp();
            }
            sub.dependencies.forEach(dependency -> dependency.dependents.remove(sub));
        }
    }

    private void gaveUp(Sub sub) {
        if (!stopBegun && sub.plan.restart().shutdownWhenExhausted()) {
            exit(1);
        }
    }

    void exit(int code) {
        if (cause(OptionalInt.of(code))) {
            asked = code;
            exitAsked = true;
        }
    }

    /** Whether it is the first. */
    private boolean cause(OptionalInt code) {
        if (causeAt < Sub.NEVER) {
            return false;
        }
        causeAt = now;
        exitCode = code;
        ownDue = now + timeouts.graceful().toNanos() * 3 / 4;
        killDue = now + timeouts.kill().toNanos();
        halfDue = now + timeouts.kill().toNanos() / 2;
        lateDue = now + timeouts.kill().toNanos() * 4 / 5;
        return true;
    }

    void beginStop() {
        if (stopBegun) {
            return;
        }
        // Of several that end at once one may end all: which of them was first is nobody's business.
        ambiguous |= concluded > 1;
        cause(OptionalInt.empty());
        stopBegun = true;
        ownDue = Sub.NEVER;
        start = start == Promise.Fate.OPEN ? Promise.Fate.BROKEN : start;
        gracefulDue = causeAt + timeouts.graceful().toNanos();
        forceDue = causeAt + timeouts.force().toNanos();
        for (Sub sub : List.copyOf(subs.values())) {
            sub.wanted = false;
            if (sub.isActive()) {
                sub.ending = true;
            } else {
                idle(sub);
            }
        }
    }

    /** Whether the contract leaves open what the state of things is. */
    boolean isAmbiguous() {
        return ambiguous;
    }
}
